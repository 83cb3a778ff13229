/// How quantities are written: the same on screen, in tables of the command line, and read back in filters.
public enum Quantity {
    /// Bits per second: `840`, `12.5k`, `1.24G`.
    public static func rate(_ bitsPerSecond: Double) -> String {
        scaled(bitsPerSecond, steps: ["", "k", "M", "G", "T", "P", "E"], gap: "")
    }

    /// Bytes in powers of 1000: `512 B`, `1.2 TB`.
    public static func bytes(_ bytes: Double) -> String {
        scaled(bytes, steps: ["B", "kB", "MB", "GB", "TB", "PB", "EB"], gap: " ", digits: 2)
    }

    /// Per cent: `35 %`, `0.4 %`.
    public static func percent(_ percent: Double) -> String {
        let decimals = percent.magnitude < 10 && rounded(percent, 1) != percent.rounded() ? 1 : 0
        return fixed(percent, decimals) + " %"
    }

    /// Optical power: `-23.4 dBm`.
    public static func decibelMilliwatts(_ power: Double) -> String { fixed(power, 1) + " dBm" }

    /// A duration in its two largest units: `12s`, `4m 12s`, `3d 4h`.
    public static func duration(_ seconds: Int64) -> String {
        guard seconds >= 0 else { return seconds == .min ? "" : "-" + duration(-seconds) }
        for (index, unit) in clockUnits.enumerated() where seconds >= unit.seconds {
            guard index + 1 < clockUnits.count else { break }
            let next = clockUnits[index + 1]
            let rest = seconds % unit.seconds / next.seconds
            return "\(seconds / unit.seconds)\(unit.letter)" + (rest > 0 ? " \(rest)\(next.letter)" : "")
        }
        return "\(seconds)s"
    }

    /// An age in its largest unit: `12s`, `4m`, `2h`, `3d`; a moment in the future is `0s` old.
    public static func age(_ seconds: Int64) -> String {
        for unit in clockUnits where seconds >= unit.seconds {
            return "\(seconds / unit.seconds)\(unit.letter)"
        }
        return "0s"
    }

    /// A whole number with its thousands apart: `5,210`.
    public static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number with at most two decimals, without trailing zeros: `1.5`.
    public static func number(_ number: Double) -> String {
        // One that is too large to count in hundredths has an exponent, whose zeros are not decimals.
        guard let hundredths = Int64(exactly: (number * 100).rounded()) else { return "\(number)" }
        return fixed(number, hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2)
    }

    /// What a cell shows for a value of a field; empty for none.
    ///
    /// - Parameter now: what ages of moments are counted from.
    public static func text(_ value: Value, _ type: FieldType, now: Timestamp) -> String {
        switch value {
        case .none: return ""
        case .text(let text): return text
        case .ref(let entity, let name): return name.isEmpty ? entity.id : name
        case .flag(let flag): return flag ? "yes" : "no"
        case .time(let time): return age(now.seconds &- time.seconds)
        case .integer(let integer):
            if type == .duration { return duration(integer) }
            return type.hasUnit ? text(.number(Double(integer)), type, now: now) : String(integer)
        case .number(let number):
            switch type {
            case .rate: return rate(number)
            case .bytes: return bytes(number)
            case .percent, .usage: return percent(number)
            case .decibelMilliwatts: return decibelMilliwatts(number)
            case .duration: return duration(Int64(exactly: number.rounded()) ?? .max)
            default: return self.number(number)
            }
        }
    }

    private static let clockUnits: [(letter: Character, seconds: Int64)] = [
        ("d", 86400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// Three digits that count, and the largest step under the number.
    private static func scaled(_ number: Double, steps: [String], gap: String, digits: Int = 3) -> String {
        guard number.isFinite else { return "" }
        var number = number
        var step = 0
        while step + 1 < steps.count, rounded(number, 0).magnitude >= 1000 {
            number /= 1000
            step += 1
        }
        guard step > 0 else { return fixed(number, 0) + gap + steps[0] }
        let decimals = number.magnitude < 9.995 ? digits - 1 : number.magnitude < 99.95 ? digits - 2 : 0
        return fixed(number, decimals) + gap + steps[step]
    }

    private static func rounded(_ number: Double, _ decimals: Int) -> Double {
        let scale = decimals == 0 ? 1.0 : decimals == 1 ? 10 : 100
        return (number * scale).rounded() / scale
    }

    /// A number with exactly so many decimals, at most two.
    private static func fixed(_ number: Double, _ decimals: Int) -> String {
        let scale: Int64 = decimals <= 0 ? 1 : decimals == 1 ? 10 : 100
        guard let shifted = Int64(exactly: (number * Double(scale)).rounded()) else { return "\(number)" }
        let sign = shifted < 0 ? "-" : ""
        let whole = shifted.magnitude / scale.magnitude
        guard scale > 1 else { return "\(sign)\(whole)" }
        let rest = shifted.magnitude % scale.magnitude
        return "\(sign)\(whole)." + (scale == 100 && rest < 10 ? "0" : "") + "\(rest)"
    }
}

extension FieldType {
    /// Whether its numbers are written with a unit.
    fileprivate var hasUnit: Bool {
        switch self {
        case .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration: true
        default: false
        }
    }
}
