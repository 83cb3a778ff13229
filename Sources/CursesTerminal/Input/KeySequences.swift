internal import CNcurses
internal import Canvas

/// The keys of a terminal as its terminfo spells them.
///
/// Most are what ``StandardKeys`` knows anyway; the rest are those of terminals with a way of their own, such as the
/// Linux console's `ESC [ [ A` and rxvt's `ESC [ 5 $`.
struct KeySequences {
    /// What a sequence stands for.
    struct Meaning: Hashable {
        /// Nil for a key that means nothing here.
        var key: Key?
    }

    private var meanings: [[UInt8]: Meaning] = [:]
    private var beginnings: Set<[UInt8]> = []
    private var first: Set<UInt8> = []

    /// Takes sequences; of two that are equal the later one counts.
    init(_ entries: [(bytes: [UInt8], key: Key?)]) {
        for entry in entries {
            let bytes = Self.in7Bits(entry.bytes)
            guard let first = bytes.first, bytes != [0x1B], first < 0x20 || first >= 0x7F else { continue }
            // A control character alone is a key in any case.
            if bytes.count == 1, entry.key == nil { continue }
            self.first.insert(first)
            meanings[bytes] = Meaning(key: entry.key)
            for count in 1..<bytes.count { beginnings.insert(Array(bytes.prefix(count))) }
        }
    }

    /// Whether any of them begins with a byte.
    func mayBegin(with byte: UInt8) -> Bool { first.contains(byte) }

    /// What exactly these bytes stand for.
    func meaning(of bytes: [UInt8]) -> Meaning? { meanings[bytes] }

    /// Whether a longer sequence begins with these bytes.
    func isBeginning(_ bytes: [UInt8]) -> Bool { beginnings.contains(bytes) }

    /// A sequence that begins with one byte for `ESC [` or `ESC O` is kept in the other form.
    private static func in7Bits(_ bytes: [UInt8]) -> [UInt8] {
        switch bytes.first {
        case 0x9B: [0x1B, 0x5B] + bytes.dropFirst()
        case 0x8F: [0x1B, 0x4F] + bytes.dropFirst()
        default: bytes
        }
    }
}

// MARK: From terminfo

extension KeySequences {
    /// The sequences of the terminal that is open.
    static func ofTerminal() -> KeySequences {
        var entries: [(bytes: [UInt8], key: Key?)] = []
        var index: Int32 = 0
        while let text = nc_string_name(index) {
            let name = String(cString: text)
            // What begins a report of the mouse is no key.
            if name.hasPrefix("k"), name != "kmous" { entries.append((capability(name), nil)) }
            index += 1
        }
        for (name, key) in named { entries.append((capability(name), key)) }
        return KeySequences(entries)
    }

    private static func capability(_ name: String) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            count = nc_capability(name, buffer.baseAddress, buffer.count)
        }
    }

    private static var named: [(String, Key)] {
        var keys = (1...24).map { ("kf\($0)", Key(.function($0))) }
        keys += plain.map { ($0, Key(.named($1))) } + shifted.map { ($0, Key(.named($1), .shift)) }
        // Terminals that spell modified keys in a way of their own name them in their extended terminfo.
        for (name, key) in modified {
            for parameter in 3...8 {
                guard let modifiers = Key.Modifiers(parameter: parameter) else { continue }
                keys.append(("\(name)\(parameter)", Key(.named(key), modifiers)))
            }
        }
        return keys
    }

    private static let plain: [(String, Key.Name)] = [
        ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
        ("ka1", .home),
        ("kfnd", .home), ("kend", .end), ("kc1", .end), ("kslt", .end), ("kll", .end), ("kpp", .pageUp),
        ("ka3", .pageUp), ("knp", .pageDown), ("kc3", .pageDown), ("kich1", .insert), ("kdch1", .delete),
        ("kbs", .backspace), ("kent", .enter),
    ]
    private static let shifted: [(String, Key.Name)] = [
        ("kcbt", .tab), ("kri", .up), ("kind", .down), ("kUP", .up), ("kDN", .down), ("kLFT", .left),
        ("kRIT", .right), ("kHOM", .home), ("kEND", .end), ("kPRV", .pageUp), ("kNXT", .pageDown),
        ("kIC", .insert),
        ("kDC", .delete),
    ]
    private static let modified: [(String, Key.Name)] = [
        ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home), ("kEND", .end),
        ("kPRV", .pageUp), ("kNXT", .pageDown), ("kIC", .insert), ("kDC", .delete),
    ]
}
