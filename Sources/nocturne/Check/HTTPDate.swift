import Domain

/// Moments as HTTP and certificates write them, with the names of months in English.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment of a `Date` header: `Sat, 21 Nov 2026 11:40:43 GMT`; nil for anything else.
    static func header(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT" else { return nil }
        return moment(year: words[3], month: words[2], day: words[1], time: words[4])
    }

    /// The moment of a certificate: `Jan  1 12:00:00 2027 GMT`, or `2027-01-01 12:00:00 GMT`; nil for anything else.
    static func certificate(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.last == "GMT" else { return nil }
        if words.count == 3 {
            return CivilTime.parse("\(words[0]) \(words[1])", clock: ServerClock(offset: 0, isCertain: true))
        }
        guard words.count == 5 else { return nil }
        return moment(year: words[3], month: words[0], day: words[1], time: words[2])
    }

    private static func moment(
        year: Substring, month: Substring, day: Substring, time: Substring
    ) -> Timestamp? {
        guard let number = months.firstIndex(of: String(month)) else { return nil }
        func two(_ text: String) -> String { text.count == 1 ? "0\(text)" : text }
        return CivilTime.parse(
            "\(year)-\(two(String(number + 1)))-\(two(String(day))) \(time)",
            clock: ServerClock(offset: 0, isCertain: true))
    }
}
