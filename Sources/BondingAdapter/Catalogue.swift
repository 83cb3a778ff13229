internal import AdapterKit

/// The table of URIs of API v3, as it is published.
enum Catalogue {
    static let entries: [CatalogueEntry] = []
}
