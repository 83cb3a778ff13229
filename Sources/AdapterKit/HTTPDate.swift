package import Domain

/// Moments as HTTP writes them, with the names of months in English.
package enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Reads `Sat, 21 Nov 2026 11:40:43 GMT`, and the two older forms that RFC 9110 still has clients read:
    /// `Saturday, 21-Nov-26 11:40:43 GMT` and `Sat Nov 21 11:40:43 2026`; nil for anything else.
    package static func read(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        if words.count == 6, isUniversal(words[5]) {
            return moment(year: words[3], month: words[2], day: words[1], time: words[4])
        }
        if words.count == 4, isUniversal(words[3]) {
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, date[2].count == 2, let year = Int(date[2]) else { return nil }
            return moment(
                year: "\(year < 70 ? 2000 + year : 1900 + year)", month: date[1], day: date[0],
                time: words[2])
        }
        guard words.count == 5 else { return nil }
        return moment(year: words[4], month: words[1], day: words[2], time: words[3])
    }

    /// A moment from its parts: `2026`, `Nov`, `21` or `6`, `11:40:43`; nil where one of them is none.
    package static func moment(
        year: some StringProtocol, month: some StringProtocol, day: some StringProtocol,
        time: some StringProtocol
    ) -> Timestamp? {
        guard let number = months.firstIndex(of: month.lowercased()) else { return nil }
        func two(_ text: String) -> String { text.count == 1 ? "0\(text)" : text }
        return CivilTime.parse(
            "\(year)-\(two(String(number + 1)))-\(two(String(day))) \(time)Z",
            clock: ServerClock(offset: 0, isCertain: true))
    }

    private static func isUniversal(_ zone: Substring) -> Bool { zone == "GMT" || zone == "UTC" }
}
