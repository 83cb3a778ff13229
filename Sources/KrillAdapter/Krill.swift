public import AdapterKit
internal import HTTP

/// Krill of Phicus, API v2; of its API v1 the lists of CPEs, customers and telephone lines.
public enum Krill {
    /// What the registry of adapters knows of it.
    public static let descriptor = AdapterDescriptor(
        kind: "krill", title: "Krill", basePath: basePath,
        authentication: .password,
        reads: Catalogue.entries.reads(
            and: Path.reads.map { ReadDeclaration($0) }
                + Path.options.map { ReadDeclaration($0, method: .options) }
                + Path.readingPosts.map { ReadDeclaration($0, method: .post) }),
        catalogue: Catalogue.entries, secrets: .krill,
        make: { settings, transport in KrillServer(settings, transport) })

    /// Both versions of the API are below it: `/api/v2/isp/cpes/` and `/api/cpes/`.
    static let basePath = "/api"
}
