/// The lines to subscribers as they never change: who hangs on what.
///
/// Each circuit of the world is a line with the same number; households come on top of them. What serves
/// lines are devices of the world, so that an OLT which is out of reach is so for every server.
final class AccessNetwork: Sendable {
    let network: Network
    let lines: [Line]
    let subscribers: [Subscriber]
    let pons: [PON]
    /// The indices of the devices that serve lines, with what they serve them by.
    let nodes: [(index: Int, technology: Technology)]
    /// For each serving device, the indices of its lines.
    let linesByNode: [Int: [Int]]
    /// For each subscriber, the indices of his lines.
    let linesBySubscriber: [Int: [Int]]

    init(_ network: Network, extent: Extent) {
        var builder = AccessBuilder(network: network)
        builder.build(count: extent.lines)
        self.network = network
        let lines = builder.lines
        self.lines = lines
        subscribers = builder.subscribers
        pons = builder.pons
        nodes = builder.nodes
        linesByNode = Dictionary(grouping: lines.indices.filter { lines[$0].node != nil }) {
            lines[$0].node ?? 0
        }
        linesBySubscriber = Dictionary(grouping: lines.indices) { lines[$0].subscriber ?? 0 }
    }

    func line(_ id: Int) -> Line? { lines.indices.contains(id - 1) ? lines[id - 1] : nil }

    func subscriber(_ id: Int) -> Subscriber? {
        subscribers.indices.contains(id - 1) ? subscribers[id - 1] : nil
    }

    /// The name of a device without its domain, as the access network's own servers have it.
    func name(ofNode index: Int) -> String {
        let hostname = network.devices[index].hostname
        return hostname.hasSuffix(".example.net") ? String(hostname.dropLast(12)) : hostname
    }

    /// The word by which a PON is known: `acc-sw009.mad1-0/3/9`.
    func tag(of pon: PON) -> String { "\(name(ofNode: pon.node))-\(pon.place)" }

    static func realm(of site: Site) -> String { site.isEdge ? "rur" : "met" }
}

/// Lays out the access network of a provider.
private struct AccessBuilder {
    let network: Network
    var lines: [Line] = []
    var subscribers: [Subscriber] = []
    var pons: [PON] = []
    var nodes: [(index: Int, technology: Technology)] = []

    private var noise: Noise { network.noise }

    /// So many hang on a PON when there are enough.
    private static let mostOnPON = 28

    init(network: Network) { self.network = network }

    mutating func build(count wanted: Int?) {
        findNodes()
        var places = placesOfCircuits()
        if let wanted { places = Array(places.prefix(wanted)) }
        let households = max((wanted ?? places.count * 16 / 10) - places.count, 0)
        subscribers = network.customers.map { customer in
            Subscriber(
                id: customer.id, name: customer.name, surname: "", externalID: customer.externalID,
                realm: AccessNetwork.realm(of: Site.all[customer.site]), site: customer.site)
        }
        let homes = placesOfHouseholds(households)
        hang(places + homes)
    }

    /// A line that is to be hung on a device.
    private struct Place {
        let node: Int
        let technology: Technology
        var circuit: Circuit?
        var port: String?
    }

    /// Of twenty access devices eight are OLTs, one is a CMTS and one a base station; the rest are switches.
    private mutating func findNodes() {
        var ordinal = 0
        for (index, device) in network.devices.enumerated() where !device.isOdd {
            switch device.role {
            case .aggregation: nodes.append((index, .ethernet))
            case .access:
                let technology: Technology =
                    switch ordinal % 20 {
                    case 1: .docsis
                    case 13: .wimax
                    case let place where place % 2 == 0 && place < 16: .gpon
                    default: .ethernet
                    }
                nodes.append((index, technology))
                ordinal += 1
            case .core, .firewall, .server, .power: break
            }
        }
    }

    private func placesOfCircuits() -> [Place] {
        let technologies = Dictionary(uniqueKeysWithValues: nodes.map { ($0.index, $0.technology) })
        var places: [Place] = []
        for port in network.ports {
            guard case .circuit(let index) = port.use else { continue }
            let technology = technologies[port.device] ?? .ethernet
            places.append(
                Place(
                    node: port.device, technology: technology, circuit: network.circuits[index],
                    port: port.name))
        }
        return places
    }

    /// Nine of ten households are on fibre, where there is some.
    private mutating func placesOfHouseholds(_ count: Int) -> [Place] {
        let fibre = nodes.filter { $0.technology == .gpon }
        let others = nodes.filter { $0.technology == .docsis || $0.technology == .wimax }
        return (0..<count).compactMap { number in
            let isOnFibre = others.isEmpty || noise.chance(900, .household, number)
            let choice = isOnFibre ? fibre : others
            guard !choice.isEmpty else { return nil }
            let node = noise.pick(choice, .household, number, 1)
            let site = network.devices[node.index].site
            let id = subscribers.count + 1
            subscribers.append(
                Subscriber(
                    id: id, name: FamilyNames.given(number), surname: FamilyNames.family(number),
                    externalID: "HH-\(10_000 + number)", realm: AccessNetwork.realm(of: site),
                    site: site.id - 1))
            return Place(node: node.index, technology: node.technology)
        }
    }

    private mutating func hang(_ places: [Place]) {
        let sizes = Dictionary(grouping: places.filter { $0.technology == .gpon }, by: \.node)
            .mapValues { ($0.count + Self.mostOnPON - 1) / Self.mostOnPON }
        var first: [Int: Int] = [:]
        for (node, count) in sizes.sorted(by: { $0.key < $1.key }) {
            first[node] = pons.count
            pons += (0..<count).map { PON(node: node, slot: 1 + $0 / 16, port: $0 % 16) }
        }
        var seen: [Int: Int] = [:]
        let homes = subscribers.count - network.customers.count
        var home = network.customers.count
        for (index, place) in places.enumerated() {
            let ordinal = seen[place.node, default: 0]
            seen[place.node] = ordinal + 1
            var pon: Int?
            var position = ordinal
            if place.technology == .gpon, let start = first[place.node], let count = sizes[place.node] {
                let chosen = start + ordinal % count
                pon = chosen
                position = pons[chosen].lines.count
                pons[chosen].lines.append(index)
            }
            if place.circuit == nil, homes > 0 { home += 1 }
            lines.append(
                Line(
                    id: index + 1, realm: AccessNetwork.realm(of: network.devices[place.node].site),
                    subscriber: place.circuit?.customer ?? home, circuit: place.circuit,
                    technology: place.technology, node: place.node, pon: pon, position: position,
                    port: place.technology == .ethernet ? place.port : nil,
                    model: noise.pick(CPEModel.models(for: place.technology), .line, index),
                    traits: traits(index, place)))
        }
    }

    /// In how many of a thousand lines there is each trait.
    private static let shares: [(trait: Line.Traits, permille: Int)] = [
        (.losesPower, 200), (.losesFibre, 60), (.isAway, 15), (.isDim, 30), (.redials, 20), (.fails, 150),
        (.isNew, 30), (.speaks, 250), (.isFrozen, 15), (.isSuspended, 8),
    ]

    private func traits(_ index: Int, _ place: Place) -> Line.Traits {
        var traits: Line.Traits = []
        for (number, share) in Self.shares.enumerated()
        where noise.chance(share.permille, .line, index, number + 1) {
            traits.insert(share.trait)
        }
        // Business lines dial in; of the households every other one does.
        if place.circuit != nil || noise.chance(500, .line, index, 100) { traits.insert(.dials) }
        if place.technology != .gpon { traits.subtract([.isDim]) }
        if place.technology == .docsis || place.technology == .wimax { traits.subtract([.dials, .redials]) }
        if place.circuit != nil { traits.subtract([.isNew, .isAway, .isSuspended]) }
        return traits
    }
}

/// Names of households: no pair comes twice in 37 times 41.
private enum FamilyNames {
    static func given(_ number: Int) -> String { givens[number % givens.count] }
    static func family(_ number: Int) -> String { families[number % families.count] }

    private static let givens = [
        "Ana", "Björn", "Carmen", "Dieter", "Elena", "Fátima", "Gonzalo", "Hélène", "Iñaki", "Jadwiga",
        "Karl", "Lucía", "Mateusz", "Núria", "Olivia", "Pedro", "Quim", "Rosa", "Søren", "Teresa", "Ulla",
        "Vera", "Walter", "Xavier", "Yolanda", "Zofia", "Andrés", "Beate", "Clara", "Dolors", "Emil",
        "Frida", "Greta", "Hugo", "Irene", "Joana", "Konrad",
    ]

    private static let families = [
        "Abad", "Bauer", "Castro", "Díaz", "Eriksson", "Ferrer", "García", "Huber", "Ibarra", "Janssen",
        "Kowalski", "López", "Moreno", "Navarro", "Ortiz", "Pérez", "Quiroga", "Roca", "Schmid", "Torres",
        "Ueda", "Vidal", "Wójcik", "Ximénez", "Young", "Zapata", "Alonso", "Blanc", "Costa", "Duarte",
        "Esteve", "Fischer", "Gil", "Herrera", "Iglesias", "Jover", "Keller", "Lindberg", "Marín", "Nowak",
        "Oliva",
    ]
}
