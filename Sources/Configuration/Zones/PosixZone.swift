internal import Domain

/// The rule by which a zone goes on behind its table: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone {
    /// Seconds east of UTC without and with summer time; the same where there is none.
    private let standard: Int
    private let summer: Int
    /// When summer time begins and ends, by the local time that holds before.
    private let switches: (start: Day, end: Day)?

    /// Until when changes are made from the rule.
    private static let lastYear = 2100

    /// A day of the year and a time on it.
    private struct Day {
        enum Kind {
            /// The `week`th of a weekday in a month, the last for 5.
            case weekday(month: Int, week: Int, day: Int)
            /// From 1 to 365, February 29 never counted.
            case withoutLeap(Int)
            /// From 0 to 365.
            case plain(Int)
        }
        let kind: Kind
        let seconds: Int
    }

    /// Nil for anything that is no such rule.
    init?(_ text: String) {
        var rest = text[...]
        guard Self.takeName(&rest), let west = Self.takeTime(&rest) else { return nil }
        standard = -west
        guard !rest.isEmpty else {
            (summer, switches) = (standard, nil)
            return
        }
        guard Self.takeName(&rest) else { return nil }
        if let first = rest.first, first != "," {
            guard let west = Self.takeTime(&rest) else { return nil }
            summer = -west
        } else {
            summer = standard + 3600
        }
        guard let start = Self.takeDay(&rest), let end = Self.takeDay(&rest), rest.isEmpty else { return nil }
        switches = (start, end)
    }

    /// Every change from a moment on.
    func changes(after last: Timestamp) -> [ZoneRules.Change] {
        guard let switches else { return [] }
        let first = CivilTime.fields(last, offset: standard).year
        guard first <= Self.lastYear else { return [] }
        return (max(1970, first)...Self.lastYear).flatMap { year in
            [
                ZoneRules.Change(Timestamp(Self.local(switches.start, year) - Int64(standard)), summer),
                ZoneRules.Change(Timestamp(Self.local(switches.end, year) - Int64(summer)), standard),
            ]
        }.filter { last < $0.moment }
    }

    /// The local time of a switch, in seconds since 1970 as if it were UTC.
    private static func local(_ day: Day, _ year: Int) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let newYear = CivilTime.daysSince1970(year: year, month: 1, day: 1)
        let days: Int
        switch day.kind {
        case .plain(let number): days = newYear + number
        case .withoutLeap(let number): days = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = CivilTime.daysSince1970(year: year, month: month, day: 1)
            let next = CivilTime.daysSince1970(
                year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            // 1970 began on a Thursday.
            let shift = ((weekday - (first + 4) % 7) % 7 + 7) % 7
            let wanted = first + shift + (week - 1) * 7
            days = wanted < next ? wanted : wanted - 7
        }
        return Int64(days) * 86_400 + Int64(day.seconds)
    }

    // MARK: Reading

    /// Takes `CET` or `<+03>`.
    private static func takeName(_ text: inout Substring) -> Bool {
        if text.first == "<" {
            guard let end = text.firstIndex(of: ">") else { return false }
            text = text[text.index(after: end)...]
            return true
        }
        let name = text.prefix { $0.isASCII && $0.isLetter }
        text = text[name.endIndex...]
        return name.count >= 3
    }

    /// Takes `[+-]h[h[h]][:mm[:ss]]` as seconds.
    private static func takeTime(_ text: inout Substring) -> Int? {
        var sign = 1
        if let first = text.first, first == "-" || first == "+" {
            sign = first == "-" ? -1 : 1
            text.removeFirst()
        }
        guard let hours = takeNumber(&text), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where text.first == ":" {
            text.removeFirst()
            guard let part = takeNumber(&text), part < 60 else { return nil }
            seconds += part * unit
        }
        return sign * seconds
    }

    private static func takeDay(_ text: inout Substring) -> Day? {
        guard text.popFirst() == "," else { return nil }
        let kind: Day.Kind
        switch text.first {
        case "M":
            text.removeFirst()
            guard let month = takeNumber(&text), (1...12).contains(month), text.popFirst() == ".",
                let week = takeNumber(&text), (1...5).contains(week), text.popFirst() == ".",
                let day = takeNumber(&text), (0...6).contains(day)
            else { return nil }
            kind = .weekday(month: month, week: week, day: day)
        case "J":
            text.removeFirst()
            guard let number = takeNumber(&text), (1...365).contains(number) else { return nil }
            kind = .withoutLeap(number)
        default:
            guard let number = takeNumber(&text), number <= 365 else { return nil }
            kind = .plain(number)
        }
        guard text.first == "/" else { return Day(kind: kind, seconds: 7200) }
        text.removeFirst()
        return takeTime(&text).map { Day(kind: kind, seconds: $0) }
    }

    private static func takeNumber(_ text: inout Substring) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        text = text[digits.endIndex...]
        return digits.count <= 4 ? Int(digits) : nil
    }
}
