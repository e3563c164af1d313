/** Reads the taxes of a Brazilian invoice: each item has exactly one kind of ICMS, and the types know which. */
import { nfe } from "../nfe/index.js";
import { decode, encode } from "../runtime/index.js";

const prefixes = { "http://www.portalfiscal.inf.br/nfe": "", "http://www.w3.org/2000/09/xmldsig#": "" };

export function run(xml: string): readonly string[] {
  const process = decode(nfe.nfeProcElement, xml);
  const { infNFe } = process.NFe;
  const lines = infNFe.det.map(({ prod, imposto, ...item }) => {
    const icms = imposto.ICMS?.ICMS00;
    return `${item["@nItem"]} ${prod.xProd} ${prod.vProd} ${icms === undefined ? "without" : `${icms.pICMS}% ${icms.vICMS}`}`;
  });
  const written = encode(nfe.nfeProcElement, process, { prefixes });
  return [infNFe.emit.CNPJ ?? infNFe.emit.CPF ?? "", ...lines, String(/<\w+:/u.test(written))];
}
