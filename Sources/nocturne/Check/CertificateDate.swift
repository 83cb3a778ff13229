import AdapterKit
import Domain

/// Moments as certificates write them.
enum CertificateDate {
    /// Reads `Jan  1 12:00:00 2027 GMT`, or `2027-01-01 12:00:00 GMT`; nil for anything else.
    static func read(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.last == "GMT" else { return nil }
        if words.count == 3 {
            return CivilTime.parse("\(words[0]) \(words[1])", clock: ServerClock(offset: 0, isCertain: true))
        }
        guard words.count == 5 else { return nil }
        return HTTPDate.moment(year: words[3], month: words[0], day: words[1], time: words[2])
    }
}
