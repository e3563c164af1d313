/** Schemas to measure with, made from nothing but a size. */

/** A schema of about so many bytes; every twentieth type differs in the newer edition. */
export function largeSchema(bytes: number, newer: boolean): string {
  const types: string[] = [];
  let size = 0;
  for (let index = 0; size < bytes; index++) {
    const changed = newer && index % 20 === 0;
    const fields = Array.from({ length: 12 }, (_, field) => {
      const type = field % 4 === 0 && index > 0 ? `t:Type${(index * 7 + field) % index}` : "xs:string";
      const name = changed && field === 3 ? `field${field}s` : `field${field}`;
      return `<xs:element name="${name}" type="${type}" minOccurs="${field % 2}"/>`;
    });
    if (changed) fields.push('<xs:element name="added" type="xs:int" minOccurs="0"/>');
    const text = `<xs:complexType name="Type${index}"><xs:sequence>${fields.join("")}</xs:sequence><xs:attribute name="id" type="xs:string"/></xs:complexType>\n`;
    types.push(text);
    size += text.length;
  }
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"><xs:element name="root" type="t:Type${types.length - 1}"/>\n${types.join("")}</xs:schema>`;
}
