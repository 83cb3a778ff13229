import Domain

/// That an entity has a key, both as numbers.
struct Posting: Hashable, Sendable, Comparable {
    /// The key's number: of a value its hash, of a reference the entity that it leads to, mixed.
    let key: UInt64
    /// The entity, packed.
    let entity: UInt64

    @inline(__always)
    static func < (a: Posting, b: Posting) -> Bool { a.key == b.key ? a.entity < b.entity : a.key < b.key }
}

/// Numbers for keys.
enum KeyNumber {
    /// Of a value; seeded by the process, so that no server can choose values that fall together.
    @inline(__always)
    static func of(_ kind: KeyClass, _ value: Bytes) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(kind.rawValue)
        hasher.combine(bytes: UnsafeRawBufferPointer(value))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    static func of(_ kind: KeyClass, _ value: String) -> UInt64 {
        var value = value
        return value.withUTF8 { of(kind, $0) }
    }

    /// Of an entity that rows refer to; no two entities share one.
    @inline(__always)
    static func of(_ entity: UInt64) -> UInt64 {
        var bits = entity
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
