/// One configured server, by its place in the configuration.
public struct BackendID: Hashable, Sendable, Comparable {
    /// The place, from 0.
    public let index: UInt16
    /// Makes an identifier from a place.
    public init(_ index: Int) { self.index = UInt16(truncatingIfNeeded: index) }
    /// In the order of the configuration.
    public static func < (a: BackendID, b: BackendID) -> Bool { a.index < b.index }
}

/// What an entity is: a device, a port, an alert…; adapters may bring kinds of their own.
public struct ResourceKind: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    private static let names = Interner()
    let code: UInt16

    /// Makes a kind from its name in the singular.
    public init(rawValue: String) { code = UInt16(truncatingIfNeeded: Self.names.number(of: rawValue)) }
    /// Makes a kind from a literal.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    init(code: UInt16) { self.code = code }

    // By the number: what the library does by itself for a raw value would look the name up, and hash its letters.
    /// Whether two kinds are the same.
    public static func == (a: ResourceKind, b: ResourceKind) -> Bool { a.code == b.code }
    /// Hashes the number of the kind.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// The name in the singular, as it stands in JSON and on the command line.
    public var rawValue: String { Self.names.word(UInt32(code)) }
    /// The name.
    public var description: String { rawValue }

    /// The kinds that panes of the product know.
    public static let device: ResourceKind = "device"
    /// A port of a device, or whatever else carries traffic for one.
    public static let port: ResourceKind = "port"
    /// Something that is wrong, or was.
    public static let alert: ResourceKind = "alert"
    /// What makes alerts.
    public static let rule: ResourceKind = "rule"
    /// What a customer is charged for.
    public static let bill: ResourceKind = "bill"
    /// Devices that belong together.
    public static let group: ResourceKind = "group"
    /// Several lines that a customer uses as one.
    public static let bond: ResourceKind = "bond"
    /// One line of a bond.
    public static let leg: ResourceKind = "leg"
    /// What a customer's bonds begin at.
    public static let bonder: ResourceKind = "bonder"
    /// What bonds end at.
    public static let aggregator: ResourceKind = "aggregator"
    /// Somebody who pays, or the space that is his.
    public static let customer: ResourceKind = "customer"
    /// A customer's equipment.
    public static let cpe: ResourceKind = "cpe"
}

/// The identity of an entity: backend, kind and the server's own id, in 8 bytes.
///
/// Cursors, marks and commands hold these, never row numbers.
public struct EntityRef: Hashable, Sendable {
    private static let ids = Interner()
    private static let interned: UInt32 = 0x8000_0000
    /// All of it as one number.
    public let packed: UInt64

    /// Makes an identity from the server's id; canonical decimal ids need no memory.
    public init(_ backend: BackendID, _ kind: ResourceKind, id: String) {
        let number: UInt32
        if let value = UInt32(id), value < Self.interned, String(value) == id {
            number = value
        } else {
            number = Self.ids.number(of: id) | Self.interned
        }
        self.init(backend, kind, number)
    }

    /// Makes an identity from a numeric id.
    public init(_ backend: BackendID, _ kind: ResourceKind, id: Int64) {
        if id >= 0, id < Int64(Self.interned) {
            self.init(backend, kind, UInt32(id))
        } else {
            self.init(backend, kind, id: String(id))
        }
    }

    private init(_ backend: BackendID, _ kind: ResourceKind, _ number: UInt32) {
        packed = UInt64(backend.index) << 48 | UInt64(kind.code) << 32 | UInt64(number)
    }

    /// What stands for an entity that a command is going to make: its backend and kind, and no id yet.
    public static func new(_ backend: BackendID, _ kind: ResourceKind) -> EntityRef {
        EntityRef(backend, kind, id: "new")
    }

    /// The identity that a packed number stands for.
    public init(packed: UInt64) { self.packed = packed }

    /// The server it is on.
    public var backend: BackendID { BackendID(Int(packed >> 48)) }
    /// What it is.
    public var kind: ResourceKind { ResourceKind(code: UInt16(truncatingIfNeeded: packed >> 32)) }
    /// The server's own id.
    public var id: String {
        let number = UInt32(truncatingIfNeeded: packed)
        return number & Self.interned == 0 ? String(number) : Self.ids.word(number & ~Self.interned)
    }
}

extension EntityRef: CustomStringConvertible {
    /// Kind and id, as in `alert 4711`.
    public var description: String { "\(kind) \(id)" }
}
