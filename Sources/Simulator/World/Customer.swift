/// Somebody who pays: the same in every server of the fleet.
struct Customer: Sendable {
    /// From 1.
    let id: Int
    let name: String
    /// The word that bills, lines and tickets share: `CUST-1042`.
    let externalID: String
    /// The site at which the customer is served.
    let site: Int
}

/// A line from an access port to a customer's equipment.
struct Circuit: Sendable {
    /// From 1.
    let id: Int
    let customer: Int
    /// Bits a second that were sold.
    let rate: Int

    /// The word on labels and in interface descriptions: `CCT-3622`.
    var label: String { "CCT-\(3_000 + id)" }

    /// The address of the equipment at the far end, 48 bits.
    var equipmentMAC: Int { 0x00_16_3E_00_00_00 + id }

    /// The customer's address on the line.
    var equipmentAddress: String { "100.\(64 + id / 65_536 % 64).\(id / 256 % 256).\(id % 256)" }
}

extension Customer {
    /// A believable name for the customer of a number; no two numbers share one.
    static func name(_ number: Int) -> String {
        let index = number - 1
        // The two lists have no common divisor in their lengths, so every pair comes once in a round.
        let first = owners[index % owners.count]
        let second = trades[index % trades.count]
        let round = index / (owners.count * trades.count)
        return round == 0 ? "\(first) \(second)" : "\(first) \(second) \(round + 1)"
    }

    private static let owners = [
        "Harbour", "Müller & Söhne", "Montserrat", "Acme", "Northgate", "Café Olé", "Vega", "Blue Heron",
        "Quintana", "Alpine", "Castellana", "O'Brien", "Lindqvist", "Riverside", "Zenith", "Białek",
        "Fairview", "Gràcia", "Old Mill", "Sant Jordi", "Tavares", "Hochstrasse", "Silverline", "Etxeberria",
        "Marlowe", "Nové", "Pinewood", "Kestrel", "Ferrando", "Atlas", "Duarte", "Weiss", "Oakfield",
        "Moreau", "Sable", "Costa", "Juniper Lane",
    ]

    private static let trades = [
        "Logistics", "Dental Clinic", "Bakery", "Solicitors", "Hotel", "Print", "Motors", "Pharmacy",
        "Architects", "School", "Seafood", "Textiles", "Radio", "Brewery", "Gallery", "Insurance",
        "Studios", "Foods", "Marine", "Optics", "Travel", "Tools", "Clinic", "Theatre", "Vineyards",
        "Robotics", "Press", "Gardens",
    ]
}
