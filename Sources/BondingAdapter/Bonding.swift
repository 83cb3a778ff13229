public import AdapterKit

/// The management server of bonded internet lines, API v3; what of v4 is known is read where v3 is gone.
public enum Bonding {
    /// What the registry of adapters knows of it.
    ///
    /// The base path is that of all versions, since the server says which it has.
    public static let descriptor = AdapterDescriptor(
        kind: "bonding", title: "Bonding", basePath: "/api", authentication: .password,
        reads: Catalogue.entries.reads(and: Path.reads), catalogue: Catalogue.entries,
        secrets: .bonding,
        make: { settings, transport in BondingServer(settings, transport) })
}
