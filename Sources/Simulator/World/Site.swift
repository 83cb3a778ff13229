/// A place with equipment, named by the nearest airport and a number.
struct Site: Sendable {
    /// From 1, in the order of `all`.
    let id: Int
    let code: String
    let location: String
    /// Degrees as the database prints them.
    let latitude: String
    let longitude: String
    /// Seen by the edge team's servers rather than by the core team's.
    let isEdge: Bool

    /// Every site of the provider.
    static let all: [Site] = [
        ("mad1", "Madrid, Julián Camarillo", "40.43000000", "-3.63000000", false),
        ("bcn2", "Barcelona, Zona Franca", "41.34000000", "2.13000000", true),
        ("lon5", "London Docklands", "51.51000000", "-0.02000000", false),
        ("zrh1", "Zürich, Rack 14/U07", "47.37000000", "8.54000000", true),
        ("fra2", "Frankfurt am Main, DE", "50.11000000", "8.68000000", false),
        ("ams1", "Amsterdam Science Park", "52.36000000", "4.95000000", true),
        ("par3", "Paris, rue des Pyrénées", "48.86000000", "2.40000000", false),
        ("lis1", "Lisboa, Prior Velho", "38.79000000", "-9.12000000", false),
        ("mil2", "Milano, via Caldera", "45.48000000", "9.10000000", true),
        ("vie1", "Wien, Floridsdorf", "48.26000000", "16.40000000", false),
        ("krk1", "Kraków, ul. Królewska", "50.06000000", "19.94000000", false),
        ("dub2", "Dublin, Citywest", "53.28000000", "-6.43000000", true),
    ].enumerated().map { index, site in
        Site(
            id: index + 1, code: site.0, location: site.1, latitude: site.2, longitude: site.3,
            isEdge: site.4)
    }
}
