/// Somebody whom a simulated Krill knows.
public struct KrillAccount: Sendable, Equatable {
    /// The number of the user in tokens.
    public let id: Int
    /// What is typed at the login.
    public let user: String
    /// What the account may do.
    public let role: Role
    /// The only region that it sees; nil sees all.
    public let realm: String?

    /// May do everything; the password is `Tokens.admin`.
    public static let administrator = KrillAccount(id: 5, user: "noc", role: .admin, realm: nil)
    /// Sees all and may change nothing; the password is `Tokens.readOnly`.
    public static let viewer = KrillAccount(id: 7, user: "viewer", role: .readOnly, realm: nil)
    /// May do everything in the realm `rur` and sees no other; the password is `Tokens.admin`.
    public static let regional = KrillAccount(id: 9, user: "regional", role: .admin, realm: "rur")

    /// All of them.
    public static let all = [administrator, viewer, regional]

    func password(_ tokens: Tokens) -> String { role == .admin ? tokens.admin : tokens.readOnly }

    /// The account as the API prints it; the fields beside the number are inferred.
    var value: Value {
        [
            "pk": .integer(id), "username": .text(user), "email": .text("\(user)@example.net"),
            "first_name": "", "last_name": "",
        ]
    }
}
