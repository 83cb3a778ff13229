/// What kind of value a key is; equal values of different classes are different keys.
struct KeyClass: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ value: UInt16) { rawValue = value }

    static let mac = KeyClass(1)
    static let address = KeyClass(2)
    /// A host name with its domain.
    static let host = KeyClass(3)
    /// The first part of a host name.
    static let shortHost = KeyClass(4)
    static let serial = KeyClass(5)
    static let circuit = KeyClass(6)
    static let customer = KeyClass(7)
    /// A word of free text that may be a number of a circuit or customer.
    static let mention = KeyClass(8)

    /// What a rule of the configuration made, by its place there.
    static func rule(_ place: Int) -> KeyClass { KeyClass(64 + UInt16(truncatingIfNeeded: place)) }

    /// The place of the rule that made it; nil for a key of a field.
    var rule: Int? { rawValue >= 64 ? Int(rawValue) - 64 : nil }

    /// Its place in a set of classes; those of rules share the last one.
    var bit: UInt64 { 1 << UInt64(min(rawValue, 63)) }

    /// The word for it in reasons.
    var word: String {
        switch self {
        case .mac: "MAC address"
        case .address: "IP address"
        case .host: "host name"
        case .shortHost: "short host name"
        case .serial: "serial number"
        case .circuit: "circuit"
        case .customer: "customer number"
        case .mention: "word"
        default: "rule"
        }
    }
}

/// How the row that has a key stands to what it stands for.
enum KeyRole: UInt8, Sendable {
    /// It is that itself.
    case own
    /// It names another that is.
    case names
    /// Its text has a word that may mean another.
    case mentions
}

/// How much a key says by itself.
enum KeyStrength: UInt8, Sendable {
    /// No two things of a network should share it.
    case strong
    /// Two things may well share it, such as a private address.
    case weak
}

/// Why a value makes no key.
enum KeyRefusal: Hashable, Sendable {
    case placeholder, broadcast, group, loopback, linkLocal, factoryDefault, tooShort, virtualRouter

    /// In words, as in `core1: serial number "0123456789": a placeholder`.
    var words: String {
        switch self {
        case .placeholder: "a placeholder"
        case .broadcast: "no address of one host"
        case .group: "a group address"
        case .loopback: "an address or name of every host itself"
        case .linkLocal: "an address that means something on one link only"
        case .factoryDefault: "a default of the factory"
        case .tooShort: "too short"
        case .virtualRouter: "an address that routers share"
        }
    }
}

typealias Bytes = UnsafeBufferPointer<UInt8>

/// Takes the keys that a text holds, one after another.
protocol KeySink {
    /// A key; its bytes are in the one spelling that all spellings are brought to.
    mutating func take(_ kind: KeyClass, _ role: KeyRole, _ strength: KeyStrength, _ value: Bytes)
    /// A value that is one of the kind, and makes no key.
    mutating func refuse(_ kind: KeyClass, _ reason: KeyRefusal, _ value: Bytes)
}
