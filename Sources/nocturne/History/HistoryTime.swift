import CLinux
import Domain

/// Moments as the history command reads and prints them: in local time, as it was then.
enum HistoryTime {
    private static let units: [Character: Double] = [
        "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
    ]

    /// The moment that `8h` ago was, or `2026-11-28T22:00` in local time; nil for anything else.
    static func moment(_ text: String, now: Timestamp, offset: Int) -> Timestamp? {
        if let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()) {
            let seconds = number * unit
            guard number >= 0, seconds < 1e11 else { return nil }
            return Timestamp(now.seconds - Int64(seconds))
        }
        var whole = text.replacing(" ", with: "T")
        if whole.utf8.count == 10 { whole += "T00:00:00" }
        if whole.utf8.count == 16 { whole += ":00" }
        // In the zone as it is then, which it takes a first guess to know.
        guard let guess = CivilTime.parse(whole, clock: ServerClock(offset: offset, isCertain: true)) else {
            return nil
        }
        let zone = Int(clinux_local_time(guess.seconds).offset)
        return CivilTime.parse(whole, clock: ServerClock(offset: zone, isCertain: true))
    }

    /// `2026-11-28 03:14:22` in local time.
    static func text(_ moment: Timestamp) -> String { CivilTime.fields(moment, offset: offset(moment)).text }

    /// `2026-11-28T03:14:22+01:00`.
    static func exact(_ moment: Timestamp) -> String {
        let offset = offset(moment)
        let minutes = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let zone = "\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
        return CivilTime.fields(moment, offset: offset).iso8601 + zone
    }

    private static func offset(_ moment: Timestamp) -> Int { Int(clinux_local_time(moment.seconds).offset) }
}
