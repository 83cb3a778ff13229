extension LibreNMSCall {
    /// `GET /bills`: by customer, else by reference, else all.
    func listBills() -> Reply {
        if let customer = query["custid"] { return bills("bill_custid", customer) }
        return bills("bill_ref", query["ref"])
    }

    /// `GET /bills/:id`: all bills when the id is no number.
    func getBill() -> Reply { bills("bill_id", Int(self["bill_id"]) == nil ? nil : self["bill_id"]) }

    /// A bill belongs to the server that counts its first port.
    var ownBills: [Network.Bill] {
        view.network.bills.filter { bill in
            guard let first = bill.ports.first else { return view.territory.hasTheRest }
            return view.territory.contains(view.network.devices[view.network.ports[first].device])
        }
    }

    private func bills(_ column: String, _ wanted: String?) -> Reply {
        if release.isModern, role != .admin { return unauthorized() }
        let rows = rows(of: .bills).filter { row in wanted.map { row[column].word == $0 } ?? true }.sorted {
            $0["bill_name"].word.lowercased() < $1["bill_name"].word.lowercased()
        }
        if release.isModern, query["period"] == "previous" {
            return previousBills(rows.compactMap { row in ownBills.first { $0.id == row["bill_id"].number } })
        }
        return list(
            "bills", .list(rows), count: rows.count, message: release.isModern ? nil : "",
            old: [.message, .error, .count])
    }
}

/// A bill with what has been counted of it.
struct BillRow: Sendable {
    let bill: Network.Bill
    let view: WorldView
    /// Bits a second at the 95th percentile.
    let rateIn: Int
    let rateOut: Int
    /// Bytes since the period began.
    let dataIn: Int
    let dataOut: Int

    init(_ bill: Network.Bill, _ view: WorldView) {
        self.bill = bill
        self.view = view
        let noise = view.network.noise
        // The period began up to four weeks before the world; a bill creeps towards its limit, and past it.
        let age = noise.pick(100_000...2_400_000, .bill, bill.id, 3) + view.tick
        let goal = 0.35 + 0.85 * noise.unit(.bill, bill.id, 4)
        let share = goal * (0.9 + 0.1 * Double(view.tick % 86_400) / 86_400)
        let limit = Double(bill.rate ?? 0)
        let isUnused = bill.id % 9 == 5
        rateIn = isUnused ? 0 : Int(limit * share * 0.8)
        rateOut = isUnused ? 0 : Int(limit * share)
        let full = Double(bill.quota ?? 1 << 40) * goal
        let data = full * min(Double(age) / 2_400_000, 1.4)
        dataIn = isUnused ? 0 : Int(data / 3)
        dataOut = isUnused ? 0 : Int(data * 2 / 3)
    }

    var reference: String {
        "REF\(String(repeating: "0", count: max(4 - String(bill.id).count, 0)))\(bill.id)"
    }
    var rate: Int { max(rateIn, rateOut) }
    var data: Int { dataIn + dataOut }
    var allowed: Int { bill.quota ?? bill.rate ?? 0 }
    var used: Int { bill.quota == nil ? rate : data }
    /// Hundredths of a percent; nil when nothing is allowed.
    var percent: Int? { allowed > 0 ? Int(Double(used) / Double(allowed) * 10_000) : nil }
    var over: Int { max(used - allowed, 0) }
    var unit: String { bill.quota == nil ? "bps" : "B" }
}

/// The columns of a bill.
enum BillColumns {
    static let schema = Schema<BillRow>(limits + counted + words + sums)

    private typealias C = Column<BillRow>

    private static let limits: [C] = [
        C("bill_id", in: .all) { .integer($0.bill.id) },
        C("bill_name", in: .all) { .text($0.bill.name) },
        C("bill_type", in: .all) { .text($0.bill.quota == nil ? "cdr" : "quota") },
        C("bill_cdr", in: .all) { .integer(orNull: $0.bill.rate) },
        C("bill_day", in: .all) { .integer($0.bill.day) },
        C("bill_quota", in: .all) { .integer(orNull: $0.bill.quota) },
    ]

    private static let counted: [C] = [
        C("rate_95th_in", in: .all) { .integer($0.rateIn) },
        C("rate_95th_out", in: .all) { .integer($0.rateOut) },
        C("rate_95th", in: .all) { .integer($0.rate) },
        C("dir_95th", in: .all) { .text($0.rateIn >= $0.rateOut ? "in" : "out") },
        C("total_data", in: .all) { .integer($0.data) },
        C("total_data_in", in: .all) { .integer($0.dataIn) },
        C("total_data_out", in: .all) { .integer($0.dataOut) },
        C("rate_average_in", in: .all) { .integer($0.rateIn / 3) },
        C("rate_average_out", in: .all) { .integer($0.rateOut / 3) },
        C("rate_average", in: .all) { .integer($0.rate / 3) },
        C("bill_last_calc", in: .all) { row in
            if row.used == 0 { return .text("0000-00-00 00:00:00") }
            return .time(row.view.time(row.view.tick - row.view.tick % 300))
        },
    ]

    private static let words: [C] = [
        C("bill_custid", in: .all) { .text($0.bill.externalID) },
        C("bill_ref", in: .all) { .text($0.reference) },
        C("bill_notes", in: .all) { .text($0.bill.id % 8 == 1 ? "note\nline 2 – ü" : "") },
        C("bill_autoadded", in: .all) { _ in .integer(0) },
    ]

    private static let sums: [C] = [
        C("ports_total", in: .old) { .integer($0.bill.ports.count) },
        C("bill_allowed", in: .modern) { .integer($0.allowed) },
        C("allowed", in: .old) { .text(Units.tight($0.allowed, $0.unit)) },
        C("allowed", in: .modern) { .text(Units.scaled($0.allowed, $0.unit)) },
        C("used", in: .old) { .text(Units.tight($0.used, $0.unit)) },
        C("used", in: .modern) { .text(Units.scaled($0.used, $0.unit)) },
        C("percent", in: .old) { .literal(Units.hundredths($0.percent ?? 0)) },
        C("percent", in: .modern) { $0.percent.map { .literal(Units.hundredths($0)) } ?? .text("-") },
        C("overuse", in: .old) { .text($0.over == 0 ? "-" : Units.tight($0.over, "")) },
        C("overuse", in: .modern) { .text($0.over == 0 ? "-" : Units.scaled($0.over, "")) },
        C("ports", in: .modern) { row in
            .list(
                row.bill.ports.map { index in
                    let port = row.view.network.ports[index]
                    return [
                        "device_id": .integer(port.device + 1), "port_id": .integer(port.id),
                        "ifName": .text(orNull: port.name),
                    ]
                })
        },
    ]
}
