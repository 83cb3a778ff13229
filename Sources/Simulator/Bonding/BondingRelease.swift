/// Which version of the bonding API a server offers, and how it is set up.
public struct BondingRelease: Sendable, Equatable {
    /// The versions of the API.
    public enum Version: Sendable, Equatable {
        /// API v3, with v4 beside it, as servers from 6.4 on have it.
        case v3
        /// Version 3 has been removed: its paths are not found.
        case v4Only
    }

    /// What is offered.
    public var version: Version
    /// Whether a list comes in `{count, next, previous, results}` although nobody asked for a page.
    public var envelopesLists: Bool
    /// The beginning of every hyperlink, such as `https://ba.internal.example.net`; nil takes the host asked.
    ///
    /// Behind a proxy a server knows itself by another name than its clients do, and writes that one.
    public var origin: String?

    /// Makes a release.
    public init(
        _ version: Version = .v3, envelopesLists: Bool = false,
        origin: String? = "https://ba.internal.example.net"
    ) {
        self.version = version
        self.envelopesLists = envelopesLists
        self.origin = origin
    }

    /// API v3 with bare lists, on a server that knows itself by another name.
    public static let v3 = BondingRelease()
    /// The same with every list in an envelope.
    public static let v3Enveloped = BondingRelease(envelopesLists: true)
    /// A server without API v3.
    public static let v4Only = BondingRelease(.v4Only)

    /// What it is, for people.
    var words: String { "Bonding \(BondingSystem.version), API v\(version == .v3 ? "3" : "4")" }

    /// How Django REST framework prints JSON: compact, with letters as they are.
    static let style = JSONStyle(
        scalars: .cast, isPretty: false, escapesSlashes: false, escapesNonASCII: false, zone: 0)
}
