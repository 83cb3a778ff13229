/// The names under which a kind of server hands out secrets: nothing under them is kept, shown or exported.
package struct SecretKeys: Sendable {
    /// Parts of names that mean a secret wherever they stand.
    private static let everywhere = [
        "password", "passwd", "passphrase", "secret", "token", "credential", "api_key", "apikey", "auth_key",
        "private_key", "privatekey", "psk",
    ]
    private let parts: [String]
    private let whole: Set<String>

    /// The names that mean a secret everywhere, and an API's own.
    ///
    /// - Parameters:
    ///   - parts: In lower case; a name that holds one of them is a secret's.
    ///   - whole: In lower case; a name that is one of them is a secret's.
    package init(parts: [String] = [], whole: Set<String> = []) {
        self.parts = Self.everywhere + parts
        self.whole = whole
    }

    /// Whether what stands under a name is a secret.
    package func holds(_ name: String) -> Bool {
        let name = name.lowercased()
        return whole.contains(name) || parts.contains { name.contains($0) }
    }
}
