internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads all bills.
    func refreshBills(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        let list = try await rows("bills", Path.bills)
        let table = billTable(list)
        sink.add(table, covering: .everything)
        return list?.without("bill_id", table.count, "bills") ?? .complete
    }

    func billTable(_ list: Rows?) -> Table {
        guard let list else { return Table.empty(.bill, backend) }
        let clock = withMemory { $0.usableClock }
        return BillRows(backend: backend, clock: clock, now: settings.now()).table(list.array)
    }

    /// Everything about a bill: what was used, its ports, the customer's other bills, earlier periods.
    func billDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        // What is no number gives all bills, so the row is looked for.
        let list = try await rows("bills", Path.bill, ["id": entity.id], priority: 0)
        guard let row = list?.array.first(where: { $0["bill_id"]?.text == entity.id }) else {
            throw BackendError(.missing, "the server has no bill \(entity.id) any more")
        }
        let table = billTable(list)
        let place = table.row(of: entity) ?? 0
        let counted = Detail.Section(
            "Bill",
            table.resource.fields.indices.map { column in
                let field = table.resource.fields[column]
                return Detail.Line(field.title, table.value(place, column), field.type)
            }.filter { !$0.value.isNone })
        var sections = [counted]
        if let ports = portSection(of: row) { sections.append(ports) }
        sections += fields.sections(row, [FieldGroup(title: "As the server says it", takesAll: true)])
            .map { section in
                var section = section
                section.lines.removeAll { $0.name == "ports" }
                return section
            }
        let detail = Detail(entity, title: table.name(place), sections: sections)
        return await detail.filled(with: billParts(row, entity, dialect), partly)
    }

    /// The ports that are counted; older releases say only how many they are.
    private func portSection(of row: JSONValue) -> Detail.Section? {
        guard let ports = row["ports"]?.array else {
            guard let total = row["ports_total"]?.int64 else { return nil }
            return Detail.Section(
                "Ports", [Detail.Line("", .text("\(total); this server does not say which"))])
        }
        let names = withMemory { $0.deviceNames }
        let lines = ports.compactMap { port -> Detail.Line? in
            guard let id = port["port_id"]?.int64 else { return nil }
            let device = port["device_id"]?.text ?? ""
            let name = port["ifName"]?.text ?? ""
            return Detail.Line(
                names[device] ?? "device \(Cleaning.clean(device))",
                .ref(
                    EntityRef(backend, .port, id: id),
                    name: name.isEmpty ? "port \(id)" : Cleaning.clean(name)
                ),
                .ref(.port))
        }
        return lines.isEmpty ? nil : Detail.Section("Ports (\(Quantity.count(lines.count)))", lines)
    }

    private func billParts(_ row: JSONValue, _ entity: EntityRef, _ dialect: Dialect) -> [DetailPart] {
        var parts: [DetailPart] = []
        if let customer = row["bill_custid"]?.text, !customer.isEmpty {
            parts.append(
                DetailPart(title: "Customer") { () async throws(BackendError) in
                    try await self.customerSections(customer, besides: entity)
                })
        }
        if dialect.offers("get_bill_graphdata") {
            parts.append(
                DetailPart(title: "Usage") { () async throws(BackendError) in
                    try await self.usageSections(row, entity)
                })
        }
        if dialect.offers("get_bill_history") {
            parts.append(
                DetailPart(title: "Earlier periods") { () async throws(BackendError) in
                    try await self.historySections(entity)
                })
        }
        return parts
    }

    private func customerSections(
        _ customer: String, besides entity: EntityRef
    ) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("bills", Path.bills, query: [("custid", customer)], priority: 0)
        let table = billTable(list)
        let percents = table.resource.place(of: .usedPercent)
        let lines = table.refs.indices.filter { table.refs[$0] != entity }.map { row in
            Detail.Line(
                Quantity.text(table.value(row, percents), .percent, now: Timestamp(0)),
                .ref(table.refs[row], name: table.name(row)), .ref(.bill))
        }
        let title = "Customer \(Cleaning.clean(customer))"
        if lines.isEmpty { return [Detail.Section(title, [Detail.Line("", .text("no other bill"))])] }
        return [Detail.Section(title, lines)]
    }

    /// The newest periods that are over; their rates and data are those of the bill then.
    private func historySections(_ entity: EntityRef) async throws(BackendError) -> [Detail.Section] {
        guard let list = try await rows("bill_history", Path.billHistory, ["id": entity.id], priority: 0)
        else { return [] }
        let lines = list.array.map { row in
            let count = BillCount(past: row)
            let words = [
                count.percent.map { Quantity.percent($0) }, count.words(count.used),
                "of \(count.words(count.allowed))",
                count.over.map { "\(count.words($0)) over" },
            ].compactMap { $0 }
            let from = row["bill_datefrom"]?.text ?? ""
            return Detail.Line(
                Cleaning.clean(from.prefix { $0 != " " && $0 != "T" }),
                .text(words.joined(separator: "  ")))
        }
        return lines.isEmpty ? [] : [Detail.Section("Earlier periods", lines)]
    }
}

extension BillCount {
    /// Reads a row of a bill's history, which has names of its own.
    fileprivate init(past row: JSONValue) {
        kind = Kind(row)
        used = row["bill_used"]?.int64 ?? (kind == .quota ? row["traf_total"] : row["rate_95th"])?.int64
        allowed = row["bill_allowed"]?.int64
    }
}
