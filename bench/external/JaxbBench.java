import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import javax.xml.XMLConstants;
import javax.xml.bind.JAXBContext;
import javax.xml.bind.Marshaller;
import javax.xml.bind.Unmarshaller;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

/**
 * JAXB on the document that the benchmarks of this folder use. Arguments: the document, the schema, the packages that xjc made
 * (joined by colons). Prints one line a measurement: name, median milliseconds, least milliseconds, separated by tabs.
 */
public class JaxbBench {
  interface Task {
    Object run() throws Exception;
  }

  static Object kept;

  static void measure(String name, Task task) throws Exception {
    long warm = System.nanoTime();
    while (System.nanoTime() - warm < 5_000_000_000L) kept = task.run();
    double[] times = new double[30];
    for (int at = 0; at < times.length; at++) {
      long start = System.nanoTime();
      kept = task.run();
      times[at] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    System.out.println(name + "\t" + times[times.length / 2] + "\t" + times[0]);
  }

  public static void main(String[] arguments) throws Exception {
    byte[] document = Files.readAllBytes(Paths.get(arguments[0]));
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File(arguments[1]));
    JAXBContext context = JAXBContext.newInstance(arguments[2]);
    Object value = context.createUnmarshaller().unmarshal(new ByteArrayInputStream(document));
    measure("JAXB, unmarshal", () ->
        context.createUnmarshaller().unmarshal(new ByteArrayInputStream(document)));
    measure("JAXB, unmarshal and validate", () -> {
      Unmarshaller unmarshaller = context.createUnmarshaller();
      unmarshaller.setSchema(schema);
      return unmarshaller.unmarshal(new ByteArrayInputStream(document));
    });
    measure("JAXB, marshal", () -> {
      ByteArrayOutputStream output = new ByteArrayOutputStream(document.length);
      Marshaller marshaller = context.createMarshaller();
      marshaller.marshal(value, output);
      return output;
    });
  }
}
