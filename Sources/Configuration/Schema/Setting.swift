/// One key of the configuration: what reading, complaints and the reference follow from.
struct Setting: Sendable {
    /// The key.
    let key: String
    /// What it holds.
    let type: SettingType
    /// Whether it must be there.
    let isRequired: Bool
    /// What holds when it is not there, as the reference says it; nil when nothing does.
    let standard: String?
    /// What it is for, in a sentence.
    let words: String

    init(_ key: String, _ type: SettingType, required: Bool = false, standard: String? = nil, _ words: String)
    {
        self.key = key
        self.type = type
        isRequired = required
        self.standard = standard
        self.words = words
    }
}

/// What a key of the configuration holds.
indirect enum SettingType: Sendable {
    /// Any text.
    case text
    /// A text of a form that is said in words, such as an address.
    case form(String)
    /// One of some words.
    case choice([String])
    /// The path of a file; `~` and what is beside the configuration are allowed.
    case path
    /// Any of some words, in a list.
    case words([String])
    /// Texts in a list; the words say of what.
    case texts(String)
    /// `true` or `false`.
    case flag
    /// A time in seconds, or a text with a unit: `90`, `"5m"`.
    case seconds(ClosedRange<Double>)
    /// An amount in bytes, as a text with a unit: `"200MB"`.
    case bytes(ClosedRange<Int64>)
    /// A time of the day, as minutes since midnight: `"22:30"`.
    case timeOfDay
    /// A whole number.
    case whole(ClosedRange<Int>)
    /// A secret: `{ env = … }`, `{ file = … }`, `{ command = […] }`, or a text in a file that is private.
    case secret
    /// What is no secret but may be kept beside one: a text, or from where a secret comes.
    case account
    /// A program and its arguments, which no shell takes apart.
    case program
    /// The same with holes that fields of a row fill.
    case template
    /// Keys of the operator's choice that all hold the same.
    case map(SettingType)
    /// A table with keys of its own.
    case section([Setting])
    /// Any number of such tables.
    case sections([Setting])

    /// What it is, for complaints and the reference.
    var words: String {
        switch self {
        case .text: "a text"
        case .form(let words): words
        case .choice(let choices): choices.map { "\"\($0)\"" }.joined(separator: " or ")
        case .path: "the path of a file"
        case .words(let words): "a list of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .texts(let words): words
        case .flag: "true or false"
        case .seconds(let range):
            "seconds, or a text such as \"5m\", from \(Duration.text(range.lowerBound)) to \(Duration.text(range.upperBound))"
        case .bytes(let range):
            "an amount such as \"200MB\", from \(Amount.text(range.lowerBound)) to \(Amount.text(range.upperBound))"
        case .timeOfDay: "a time of the day such as \"22:30\""
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .secret: "{ env = \"NAME\" }, { file = \"PATH\" } or { command = [\"PROGRAM\", \"ARGUMENT\"] }"
        case .account: "a text, \(Self.secret.words)"
        case .program: "[\"PROGRAM\", \"ARGUMENT\"]"
        case .template: "[\"PROGRAM\", \"ARGUMENT\", \"{field}\"]"
        case .map(let type): "a table whose keys hold \(type.words)"
        case .section: "a table"
        case .sections: "any number of tables"
        }
    }
}

/// Durations as the configuration writes them.
enum Duration {
    private static let units: [(suffix: String, seconds: Double)] = [
        ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400),
    ]

    /// The seconds of `90s`, `5m`, `1.5h`; nil for anything else.
    static func seconds(_ text: String) -> Double? {
        for (suffix, factor) in units where text.hasSuffix(suffix) {
            if let number = Double(text.dropLast(suffix.count)), number.isFinite { return number * factor }
        }
        return nil
    }

    /// The minutes since midnight of `22:30`; nil for anything else.
    static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// The shortest spelling.
    static func text(_ seconds: Double) -> String {
        let fitting = units.last {
            $0.seconds <= seconds && (seconds / $0.seconds) == (seconds / $0.seconds).rounded()
        }
        guard let fitting else { return "\(seconds)s" }
        return "\(Int(seconds / fitting.seconds))\(fitting.suffix)"
    }
}

/// Amounts of bytes as the configuration writes them.
enum Amount {
    private static let units: [(suffix: String, bytes: Int64)] = [
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ]

    /// The bytes of `200MB`, `1.5GB`; nil for anything else.
    static func bytes(_ text: String) -> Int64? {
        for (suffix, factor) in units where text.lowercased().hasSuffix(suffix.lowercased()) {
            let digits = text.dropLast(suffix.count)
            guard let number = Double(digits.last == " " ? digits.dropLast() : digits), number >= 0 else {
                return nil
            }
            return Int64(exactly: (number * Double(factor)).rounded())
        }
        return nil
    }

    /// The shortest spelling.
    static func text(_ bytes: Int64) -> String {
        let fitting = units.last { bytes >= $0.bytes && bytes.isMultiple(of: $0.bytes) }
        guard let fitting else { return "\(bytes) bytes" }
        return "\(bytes / fitting.bytes)\(fitting.suffix)"
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
