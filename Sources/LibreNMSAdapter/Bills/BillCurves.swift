internal import AdapterKit
internal import Domain
internal import JSON

/// What a bill's ports carried in the period that it is in now, against what it allows (`get_bill_graphdata`).
extension LibreNMSServer {
    func usageSections(_ row: JSONValue, _ entity: EntityRef) async throws(BackendError) -> [Detail.Section] {
        let count = BillCount(row)
        guard count.kind != nil, let day = row["bill_day"]?.int64 else { return [] }
        let now = settings.now()
        let clock = withMemory { $0.usableClock }
        let period = BillPeriod(day: Int(clamping: day), now, clock)
        let response = try await read(
            Path.billCurve, ["id": entity.id, "graph_type": "bits"],
            query: [("from", String(period.begin.seconds)), ("to", String(now.seconds))], priority: 0)
        guard let data = try response.json()["graph_data"] else { return [] }
        let curves = BillCurves(data, count).curves
        guard !curves.isEmpty else { return [] }
        let used = count.words(count.used)
        let words = [
            used.isEmpty ? "" : "\(used) of \(count.words(count.allowed))",
            count.percent.map { Quantity.percent($0) } ?? "",
        ].filter { !$0.isEmpty }
        return [
            Detail.Section(
                "Usage since \(period.text.prefix { $0 != " " })",
                [Detail.Line("used so far", .text(words.joined(separator: ", ")))], curves: curves)
        ]
    }
}

/// The curves of a bill: of one that is charged by its 95th percentile both directions, of a quota the sum.
struct BillCurves {
    let curves: [Curve]

    init(_ data: JSONValue, _ count: BillCount) {
        let times = (data["ticks"]?.array).map { $0.map(\.int64) } ?? []
        let allowed = count.allowed.flatMap { $0 > 0 ? Double($0) : nil }
        let usual = Self.usualStep(times.compactMap { $0 })
        func points(_ key: String) -> [Curve.Point] {
            let values = (data[key]?.array).map { $0.map(\.double) } ?? []
            guard values.count == times.count else { return [] }
            var points: [Curve.Point] = []
            for (time, value) in zip(times, values) {
                guard let time, time > points.last?.at.seconds ?? .min else { continue }
                let step = points.last.map { time - $0.at.seconds }
                points.append(
                    Curve.Point(
                        at: Timestamp(time), value: value.flatMap { $0 >= 0 ? $0 : nil },
                        isAfterGap: step.map { 4 * $0 > 7 * usual } ?? false))
            }
            return points
        }
        switch count.kind {
        case nil: curves = []
        case .rate?:
            curves = [("In", "in_data"), ("Out", "out_data")].compactMap { title, key in
                let points = points(key)
                return points.isEmpty ? nil : Curve(title, .rate, points, allowed: allowed)
            }
        case .quota?:
            let total = Self.total(points("tot_data"), usual)
            curves = total.isEmpty ? [] : [Curve("Used", .bytes, total, allowed: allowed, isTotal: true)]
        }
    }

    private static func usualStep(_ times: [Int64]) -> Int64 {
        let steps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
        return steps.isEmpty ? 300 : max(1, steps[steps.count / 2])
    }

    /// Bytes until each point, from the rates of the time before it; what was not measured adds nothing.
    private static func total(_ rates: [Curve.Point], _ usual: Int64) -> [Curve.Point] {
        var sum = 0.0
        var before: Int64?
        return rates.map { point in
            let step = before.map { min(usual, point.at.seconds - $0) } ?? usual
            before = point.at.seconds
            sum += (point.value ?? 0) * Double(step) / 8
            return Curve.Point(
                at: point.at, value: point.value == nil ? nil : sum, isAfterGap: point.isAfterGap)
        }
    }
}
