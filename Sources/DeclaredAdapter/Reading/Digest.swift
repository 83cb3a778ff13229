internal import JSON

/// A short number for rows that have no identity of their own, such as alerts that only their labels tell apart.
enum Digest {
    /// Sixteen digits that are the same for the same values, in whatever order an object's members come.
    static func text(of tree: JSONTree) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sorted(tree).bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func sorted(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .object(let members):
            .object(members.sorted { $0.key < $1.key }.map { .init($0.key, sorted($0.value)) })
        case .array(let values): .array(values.map(sorted))
        default: tree
        }
    }
}
