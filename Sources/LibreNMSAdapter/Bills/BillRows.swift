internal import Domain
internal import JSON

/// Wire rows of bills.
///
/// The server's words for what is allowed, used and over are rounded, spelled in two ways, and `-` where a limit
/// is zero: all is counted here from the bare numbers.
struct BillRows {
    let backend: BackendID
    let clock: ServerClock
    let now: Timestamp

    /// A table of all rows that have an id.
    func table(_ array: JSONArray) -> Table {
        var builder = TableBuilder(.bill, backend)
        for row in array {
            guard let id = row["bill_id"]?.id else { continue }
            builder.begin(EntityRef(backend, .bill, id: id))
            append(row, id, to: &builder)
        }
        return builder.finish()
    }

    private func append(_ row: JSONValue, _ id: String, to builder: inout TableBuilder) {
        let resource = ResourceDescriptor.bill
        func place(_ key: FieldKey) -> Int { resource.place(of: key) }
        let name = row["bill_name"]?.text ?? ""
        builder.set(place(.name), text: name.isEmpty ? "bill \(id)" : name)
        let count = BillCount(row)
        builder.set(place(.usedPercent), number: count.percent)
        builder.set(place("type"), text: count.kind?.rawValue ?? "")
        builder.set(place(.used), text: count.words(count.used))
        builder.set(place(.allowed), text: count.words(count.allowed))
        builder.set(place("overuse"), text: count.words(count.over))
        if let kind = count.kind {
            let isRate = kind == .rate
            builder.set(place(isRate ? "used_bps" : "used_bytes"), integer: count.used)
            builder.set(place(isRate ? "allowed_bps" : "allowed_bytes"), integer: count.allowed)
        }
        // Of a quota no percentile is counted: the server says 0, which is not what was used.
        let hasPercentile = count.kind != .quota
        builder.set(place("p95_in"), integer: hasPercentile ? row["rate_95th_in"]?.int64 : nil)
        builder.set(place("p95_out"), integer: hasPercentile ? row["rate_95th_out"]?.int64 : nil)
        if let day = row["bill_day"]?.int64 {
            builder.set(place("period"), text: BillPeriod(day: Int(clamping: day), now, clock).text)
        }
        let counted = row["bill_last_calc"]?.text.flatMap { CivilTime.parse($0, clock: clock) }
        builder.set(place("last_calculated"), time: counted)
        builder.set(place("custid"), text: row["bill_custid"]?.text ?? "")
        builder.set(place("ref"), text: row["bill_ref"]?.text ?? "")
        builder.set(place("notes"), text: row["bill_notes"]?.text ?? "")
        let ports = row["ports"]?.array.map { Int64($0.count) } ?? row["ports_total"]?.int64
        builder.set(place("ports"), integer: ports)
    }
}

/// What a bill allows and what was used of it.
struct BillCount: Equatable {
    /// What is charged for.
    enum Kind: String {
        /// The 95th percentile of the rate.
        case rate = "cdr"
        /// What was transferred.
        case quota

        /// Reads a row; nil for a kind that nobody knows, of which nothing can be counted.
        init?(_ row: JSONValue) {
            guard let word = row["bill_type"]?.text?.lowercased(), let kind = Kind(rawValue: word) else {
                return nil
            }
            self = kind
        }
    }

    /// Nil when the server does not say.
    let kind: Kind?
    /// Bits per second or bytes; nil when the server gave none.
    let used: Int64?
    let allowed: Int64?

    /// Reads a row of `/bills`.
    init(_ row: JSONValue) {
        kind = Kind(row)
        guard let kind else { (used, allowed) = (nil, nil); return }
        let isQuota = kind == .quota
        used = (isQuota ? row["total_data"] : row["rate_95th"])?.int64
        allowed = (isQuota ? row["bill_quota"] : row["bill_cdr"])?.int64 ?? row["bill_allowed"]?.int64
    }

    /// How much of what is allowed was used; nil where nothing is allowed, of which there is no part.
    var percent: Double? {
        guard let used, let allowed, allowed > 0 else { return nil }
        return Double(used) * 100 / Double(allowed)
    }

    /// How much more than allowed was used; nil for none.
    var over: Int64? {
        guard let used, let allowed else { return nil }
        let (over, overflows) = used.subtractingReportingOverflow(allowed)
        return overflows || over <= 0 ? nil : over
    }

    /// An amount with its unit: `734 Mbps`, `5.5 TB`; empty for none.
    func words(_ amount: Int64?) -> String {
        guard let amount, let kind else { return "" }
        guard kind == .rate else { return Quantity.bytes(Double(amount)) }
        let rate = Quantity.rate(Double(amount))
        guard let letter = rate.last, letter.isLetter else { return "\(rate) bps" }
        return "\(rate.dropLast()) \(letter)bps"
    }
}

/// The period that a bill is in now: from its day of one month to the day before that of the next.
struct BillPeriod {
    let text: String
    /// The midnight at which it begins, by the server's clock.
    let begin: Timestamp

    /// - Parameter day: of the month on which a period begins; the last day where a month is shorter.
    init(day: Int, _ now: Timestamp, _ clock: ServerClock) {
        func date(_ days: Int) -> CivilTime.Fields {
            let moment = Timestamp(now.seconds + Int64(days) * 86_400)
            return CivilTime.fields(moment, offset: clock.zone.offset(at: moment))
        }
        func begins(_ days: Int) -> Bool {
            let today = date(days).day
            return today == day || (today < day && date(days + 1).day == 1)
        }
        let start = (0...31).first { begins(-$0) }.map { -$0 } ?? 0
        let end = (1...32).first { begins(start + $0) }.map { start + $0 - 1 } ?? 0
        text = "\(date(start).date) to \(date(end).date)"
        let moment = Timestamp(now.seconds + Int64(start) * 86_400)
        let local = moment.seconds + Int64(clock.zone.offset(at: moment))
        begin = Timestamp(moment.seconds - ((local % 86_400) + 86_400) % 86_400)
    }
}

extension CivilTime.Fields {
    /// `2026-11-21`.
    fileprivate var date: String { String(text.prefix { $0 != " " }) }
}
