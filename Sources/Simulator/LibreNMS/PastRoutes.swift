extension LibreNMSCall {
    private static let day = 86_400

    /// `GET /devices/:hostname/outages`: those of a week, the newest first, an open one without an end.
    func outages() -> Reply {
        guard let device else { return failed(404, "Device not found") }
        let rows = outages(of: device, days: 7).reversed().map { outage in
            ([
                "going_down": .integer(view.time(outage.start)),
                "up_again": outage.end > view.tick ? .null : .integer(view.time(outage.end)),
            ] as Value)
        }
        return list("outages", .list(Array(rows)), count: rows.count, countsWhenModern: false)
    }

    /// `GET /devices/:hostname/availability`: of a day, a week, a month and a year.
    func availability() -> Reply {
        guard let device else { return failed(404, "Device not found") }
        let known = outages(of: device, days: 30)
        // Of a year no more is known than of the last month.
        let rows = [1, 7, 30, 365].map { days -> Value in
            let seconds = min(days, 30) * Self.day
            let down = known.reduce(0) { sum, outage in
                sum + max(min(outage.end, view.tick) - max(outage.start, view.tick - seconds), 0)
            }
            let share = (seconds - down) * 100_000_000 / seconds
            let digits = String(share % 1_000_000)
            let padded = String(repeating: "0", count: 6 - digits.count) + digits
            return [
                "duration": .integer(days * Self.day),
                "availability_perc": .decimal("\(share / 1_000_000).\(padded)"),
            ]
        }
        return list("availability", .list(rows), count: rows.count, countsWhenModern: false)
    }

    private func outages(of row: DeviceRow, days: Int) -> [Episode] {
        guard row.addition == nil else { return [] }
        return view.life.outages(of: row.index, since: view.tick - days * Self.day, until: view.tick)
    }
}
