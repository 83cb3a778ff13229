package import JSON

/// The names under which a kind of server hands out secrets: nothing under them is kept, shown or exported.
package struct SecretKeys: Sendable {
    /// Parts of names that mean a secret wherever they stand.
    private static let everywhere = [
        "password", "passwd", "passphrase", "secret", "token", "credential", "api_key", "apikey", "auth_key",
        "private_key", "privatekey", "psk", "authpass", "cryptopass", "wpa_key", "wep_key", "wifi_key",
        "encryption_key", "tunnel_key", "snmp_community",
    ]
    /// Whole names that mean a secret wherever they stand; as parts of others they do not: `communities` of BGP.
    private static let everywhereWhole: Set<String> = ["community", "pass", "pwd", "pin", "sim_pin", "puk"]
    private let parts: [[UInt8]]
    private var whole: Set<String>

    /// The names that mean a secret everywhere, and an API's own.
    ///
    /// - Parameters:
    ///   - parts: In lower case; a name that holds one of them is a secret's.
    ///   - whole: In lower case; a name that is one of them is a secret's.
    package init(parts: [String] = [], whole: Set<String> = []) {
        self.parts = (Self.everywhere + parts).map { Array(Self.folded($0).utf8) }
        self.whole = Set(Self.everywhereWhole.union(whole).map(Self.folded))
    }

    /// Whether what stands under a name is a secret.
    package func holds(_ name: String) -> Bool {
        let name = Self.folded(name)
        if whole.contains(name) { return true }
        // By bytes: each name of each row is asked for, and searching text is a hundred times as slow.
        let bytes = Array(name.utf8)
        return parts.contains { Self.holds(bytes, $0) }
    }

    private static func holds(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, bytes.count >= part.count else { return false }
        return (0...(bytes.count - part.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + part.count)].elementsEqual(part)
        }
    }

    /// A name as all of its spellings: `auth_key`, `auth-key` and `ospfIfAuthKey` say the same.
    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    /// The same with names of which each is a secret's.
    func joined(by more: Set<String>) -> SecretKeys {
        var keys = self
        keys.whole.formUnion(more.map(Self.folded))
        return keys
    }

    /// A value with dots in place of its secrets, at any depth.
    package func masking(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .array(let values): return .array(values.map(masking))
        case .object(let members):
            return .object(
                members.map { member in
                    guard holds(member.key), member.value != .null else {
                        return .init(member.key, masking(member.value))
                    }
                    return .init(member.key, "•••")
                })
        case .string(let text):
            // JSON that is written into a text hides nothing.
            guard text.hasPrefix("{") || text.hasPrefix("["), let inner = try? JSONDocument(text) else {
                return tree
            }
            let read = JSONTree(inner.root)
            let masked = masking(read)
            return masked == read ? tree : .string(masked.text)
        case .null, .bool, .integer, .number: return tree
        }
    }
}
