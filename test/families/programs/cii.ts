/** Reads an invoice without rounding: amounts are text, as they were written. */
import { rsm, type ram } from "../ciiextended/index.js";
import { decode } from "../runtime/index.js";

export function run(xml: string): readonly string[] {
  const invoice = decode(rsm.crossIndustryInvoiceElement, xml);
  const { IncludedSupplyChainTradeLineItem: items = [], ApplicableHeaderTradeSettlement: settlement } =
    invoice.SupplyChainTradeTransaction;
  const lines = items.map((item: ram.SupplyChainTradeLineItemType) => {
    const price = item.SpecifiedLineTradeAgreement?.NetPriceProductTradePrice?.ChargeAmount.$value ?? "";
    const quantity = item.SpecifiedLineTradeDelivery?.BilledQuantity;
    return `${item.SpecifiedTradeProduct?.Name?.$value ?? ""}: ${quantity?.$value ?? ""} ${quantity?.["@unitCode"] ?? ""} at ${price}`;
  });
  const { LineTotalAmount, GrandTotalAmount } = settlement.SpecifiedTradeSettlementHeaderMonetarySummation;
  return [
    invoice.ExchangedDocument.ID.$value,
    ...lines,
    `${LineTotalAmount?.$value ?? ""} of ${GrandTotalAmount.$value}`,
  ];
}
