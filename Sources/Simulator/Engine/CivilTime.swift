/// A moment taken apart into the date and the time of day, by the Gregorian calendar.
struct CivilTime: Equatable {
    let year: Int
    let month: Int
    let day: Int
    /// 0 is Sunday.
    let weekday: Int
    let hour: Int
    let minute: Int
    let second: Int

    /// Takes apart Unix seconds (add the zone first to get local time).
    init(_ seconds: Int) {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let time = seconds - days * 86_400
        hour = time / 3_600
        minute = time / 60 % 60
        second = time % 60
        weekday = ((days + 4) % 7 + 7) % 7

        // Years are counted from March, so that the leap day is the last of its year; 400 years repeat.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The Unix seconds of `2026-11-21 01:23:05` at no zone; nil when it is no such moment.
    static func seconds(reading text: String) -> Int? {
        let parts = text.split { "-: T".contains($0) }.map { Int($0) }
        guard (5...6).contains(parts.count), !parts.contains(nil) else { return nil }
        let numbers = parts.compactMap { $0 }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(numbers[3]), (0...59).contains(numbers[4])
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return days * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + (numbers.count > 5 ? numbers[5] : 0)
    }

    /// `2026-11-21 01:23:05`, or `2026-11-21T01:23:05.000000Z`.
    func write(isUTC: Bool, into bytes: inout [UInt8]) {
        append(year, digits: 4, to: &bytes)
        for part in [month, day] {
            bytes.append(UInt8(ascii: "-"))
            append(part, digits: 2, to: &bytes)
        }
        bytes.append(isUTC ? UInt8(ascii: "T") : UInt8(ascii: " "))
        append(hour, digits: 2, to: &bytes)
        for part in [minute, second] {
            bytes.append(UInt8(ascii: ":"))
            append(part, digits: 2, to: &bytes)
        }
        if isUTC { bytes.append(contentsOf: ".000000Z".utf8) }
    }

    /// `Sat, 21 Nov 2026 01:30:50`, without a zone, as mail and HTTP write it.
    var mailText: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        var bytes = Array("\(weekdays[weekday]), ".utf8)
        append(day, digits: 2, to: &bytes)
        bytes.append(contentsOf: " \(months[month - 1]) ".utf8)
        append(year, digits: 4, to: &bytes)
        for (index, part) in [hour, minute, second].enumerated() {
            bytes.append(index == 0 ? UInt8(ascii: " ") : UInt8(ascii: ":"))
            append(part, digits: 2, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
