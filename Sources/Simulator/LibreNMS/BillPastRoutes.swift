/// A period of a bill that is over.
struct PastBill: Sendable {
    let bill: Network.Bill
    let view: WorldView
    /// 1 is the last one.
    let back: Int

    private static let month = 30 * 86_400

    /// Hundreds of it, so that no two bills share one.
    var id: Int { bill.id * 100 + back }
    var start: Int { end - Self.month + 1 }
    var end: Int {
        let day = floorDivide(view.time(view.tick), by: 86_400) * 86_400
        return day - bill.day * 3_600 - (back - 1) * Self.month
    }
    private var share: Double { 0.3 + 0.9 * view.network.noise.unit(.bill, bill.id, 100 + back) }
    var allowed: Int { bill.quota ?? bill.rate ?? 0 }
    var rate: Int { Int(Double(bill.rate ?? 50_000_000) * share) }
    var data: Int { Int(Double(bill.quota ?? 1 << 40) * share) }
    var used: Int { bill.quota == nil ? rate : data }

    /// Percent with two digits.
    var percent: String {
        let hundredths = allowed > 0 ? used / max(allowed / 10_000, 1) : 0
        let rest = String(hundredths % 100)
        return "\(hundredths / 100).\(rest.count < 2 ? "0" : "")\(rest)"
    }

    static let schema = Schema<PastBill>([
        Column("bill_hist_id", in: .all) { .integer($0.id) },
        Column("bill_id", in: .all) { .integer($0.bill.id) },
        Column("updated", in: .all) { .time($0.end) },
        Column("bill_datefrom", in: .all) { .time($0.start) },
        Column("bill_dateto", in: .all) { .time($0.end) },
        Column("bill_type", in: .all) { .text($0.bill.quota == nil ? "CDR" : "Quota") },
        Column("bill_allowed", in: .all) { .integer($0.allowed) },
        Column("bill_used", in: .all) { .integer($0.used) },
        Column("bill_overuse", in: .all) { .integer(max($0.used - $0.allowed, 0)) },
        Column("bill_percent", in: .all) { .decimal($0.percent) },
        Column("rate_95th_in", in: .all) { .integer($0.rate * 4 / 5) },
        Column("rate_95th_out", in: .all) { .integer($0.rate) },
        Column("rate_95th", in: .all) { .integer($0.rate) },
        Column("dir_95th", in: .all) { _ in .text("out") },
        Column("rate_average", in: .all) { .integer($0.rate / 3) },
        Column("rate_average_in", in: .all) { .integer($0.rate / 4) },
        Column("rate_average_out", in: .all) { .integer($0.rate / 3) },
        Column("traf_in", in: .all) { .integer($0.data / 3) },
        Column("traf_out", in: .all) { .integer($0.data - $0.data / 3) },
        Column("traf_total", in: .all) { .integer($0.data) },
        Column("pdf", in: .all) { _ in .null },
    ])
}

extension LibreNMSCall {
    /// The bill of the path.
    var bill: Network.Bill? { Int(self["bill_id"]).flatMap { id in ownBills.first { $0.id == id } } }

    private func past(_ bill: Network.Bill) -> [PastBill] {
        (1...24).map { PastBill(bill: bill, view: view, back: $0) }
    }

    /// `GET /bills/:bill_id/history`: the last 24 periods, the newest first.
    func billHistory() -> Reply {
        guard role == .admin else { return unauthorized() }
        return list("bill_history", bill.map(past) ?? [], PastBill.schema)
    }

    /// `GET /bills?period=previous`: the last period of each bill, under the names of a history.
    func previousBills(_ bills: [Network.Bill]) -> Reply {
        let rows = bills.map { bill -> Value in
            let past = PastBill(bill: bill, view: view, back: 1)
            let own = BillColumns.schema.columns(in: .list)
            let kept = [
                "bill_autoadded", "bill_cdr", "bill_custid", "bill_day", "bill_name", "bill_notes",
                "bill_quota", "bill_ref",
            ]
            let present = BillRow(bill, view)
            let over = max(past.used - past.allowed, 0)
            let unit = bill.quota == nil ? "bps" : "B"
            var members = kept.compactMap { name in
                own.first { $0.name == name }.map { Value.Member(name, $0.value(present)) }
            }
            members += PastBill.schema.columns(in: .list).map { .init($0.name, $0.value(past)) }
            members += [
                .init("total_data", .integer(past.data)), .init("total_data_in", .integer(past.data / 3)),
                .init("total_data_out", .integer(past.data - past.data / 3)),
                .init("bill_last_calc", .time(past.end)),
                .init("allowed", .text(Units.scaled(past.allowed, unit))),
                .init("used", .text(Units.scaled(past.used, unit))),
                .init("percent", past.allowed > 0 ? .literal(past.percent) : .text("-")),
                .init("overuse", .text(over == 0 ? "-" : Units.scaled(over, ""))),
            ]
            if let ports = own.first(where: { $0.name == "ports" }) {
                members.append(.init("ports", ports.value(present)))
            }
            return .object(members)
        }
        return list("bills", .list(rows), count: rows.count)
    }

    /// `GET /bills/:bill_id/graphdata/bits|monthly`; the count is that of the keys.
    func billGraphData() -> Reply {
        guard role == .admin else { return unauthorized() }
        let type = self["graph_type"]
        let members: [Value.Member]
        switch (type, bill) {
        case ("bits", let bill?): members = bits(of: bill)
        case ("monthly", let bill?): members = months(of: bill)
        default: return failed(400, "Unsupported graph type \(type)")
        }
        return list("graph_data", .object(members), count: members.count)
    }

    private func bits(of bill: Network.Bill) -> [Value.Member] {
        let now = view.time(view.tick)
        let from = query["from"].flatMap { Int($0) } ?? now - 86_400
        let to = query["to"].flatMap { Int($0) } ?? now
        let curves = Curves(view, from: from, to: to, pixels: 400)
        let ports = bill.ports.map { view.network.ports[$0] }
        let received = curves.bits(of: ports, inwards: true).map { $0 ?? 0 }
        let sent = curves.bits(of: ports, inwards: false).map { $0 ?? 0 }
        let row = BillRow(bill, view)
        let ticks = (0..<curves.samples).map { curves.from + (curves.to - curves.from) * $0 / curves.samples }
        func numbers(_ values: [Double]) -> Value { .list(values.map { .computed(Int($0)) }) }
        return [
            .init("from", .computed(from)), .init("to", .computed(to)),
            .init("last", .computed(ticks.last ?? from)), .init("in_data", numbers(received)),
            .init("out_data", numbers(sent)), .init("tot_data", numbers(zip(received, sent).map(+))),
            .init("ticks", .list(ticks.map(Value.computed))), .init("rate_95th", .computed(row.rate)),
            .init("rate_average", .computed(row.rate / 3)),
            .init("bill_type", .text(bill.quota == nil ? "cdr" : "quota")),
            .init("max_in", .computed(Int(received.max() ?? 0))),
        ]
    }

    private func months(of bill: Network.Bill) -> [Value.Member] {
        let past = Array(past(bill).prefix(12).reversed())
        func numbers(_ value: (PastBill) -> Int) -> Value { .list(past.map { .computed(value($0)) }) }
        return [
            .init("graph_type", .text("historic")), .init("in_data", numbers { $0.data / 3 }),
            .init("out_data", numbers { $0.data - $0.data / 3 }), .init("tot_data", numbers(\.data)),
            .init("allow_data", numbers(\.allowed)),
            .init("overuse_data", numbers { max($0.used - $0.allowed, 0) }),
            .init("ticks", numbers(\.start)),
        ]
    }
}
