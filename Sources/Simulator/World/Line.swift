/// How a line reaches its subscriber.
enum Technology: String, Sendable, CaseIterable {
    case gpon, docsis, ethernet, wimax
}

/// A line of the access network, with the equipment at its end that servers know as a CPE.
final class Line: Sendable {
    /// From 1; the line of a circuit has the circuit's number.
    let id: Int
    /// The operator's region: the beginning of the line's name, and what some accounts are limited to.
    let realm: String
    /// The number of the `Subscriber` who pays for it; nil when nobody does.
    let subscriber: Int?
    let circuit: Circuit?
    let technology: Technology
    /// The index of the device that serves it; nil for one that somebody wrote down without a place.
    let node: Int?
    /// The index of its PON.
    let pon: Int?
    /// Its number on its PON, or its port on its node.
    let position: Int
    /// The interface of its node, where it has one to itself.
    let port: String?
    let model: CPEModel
    let traits: Traits

    /// What may ever happen to a line, so that nobody asks all lines for everything.
    struct Traits: OptionSet, Sendable {
        let rawValue: Int

        /// The subscriber's power fails now and then.
        static let losesPower = Traits(rawValue: 1)
        /// Its own fibre or cable breaks.
        static let losesFibre = Traits(rawValue: 2)
        /// The subscriber switches it off for days.
        static let isAway = Traits(rawValue: 4)
        /// Too little light arrives.
        static let isDim = Traits(rawValue: 8)
        /// It dials in with PPPoE rather than DHCP.
        static let dials = Traits(rawValue: 16)
        /// Its session comes and goes.
        static let redials = Traits(rawValue: 32)
        /// A service of it may fail.
        static let fails = Traits(rawValue: 64)
        /// It never came to register.
        static let isNew = Traits(rawValue: 128)
        /// It has a telephone line.
        static let speaks = Traits(rawValue: 256)
        /// The operator has forbidden to provision it.
        static let isFrozen = Traits(rawValue: 512)
        /// The subscriber has not paid.
        static let isSuspended = Traits(rawValue: 1_024)
    }

    init(
        id: Int, realm: String, subscriber: Int?, circuit: Circuit? = nil, technology: Technology,
        node: Int?, pon: Int? = nil, position: Int = 0, port: String? = nil, model: CPEModel, traits: Traits
    ) {
        self.id = id
        self.realm = realm
        self.subscriber = subscriber
        self.circuit = circuit
        self.technology = technology
        self.node = node
        self.pon = pon
        self.position = position
        self.port = port
        self.model = model
        self.traits = traits
    }
}

extension Line {
    /// The name that monitoring and everybody else knows it by: `met00585`.
    var name: String { realm + Self.padded(id, to: 5) }

    /// The address of the equipment, 48 bits: of a circuit the circuit's.
    var mac: Int { circuit?.equipmentMAC ?? 0x00_25_9E_00_00_00 + id }

    /// The subscriber's address on the line: of a circuit the circuit's.
    var address: String {
        circuit?.equipmentAddress ?? "100.\(96 + id / 65_536 % 32).\(id / 256 % 256).\(id % 256)"
    }

    /// The vendor's four letters as digits and a number, as GPON has it.
    var serial: String {
        let digits = String(0x1_0000_0000 + id * 7_919, radix: 16).suffix(8)
        return technology == .gpon ? model.serialPrefix + digits.uppercased() : "SN\(digits.uppercased())"
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}

/// What stands at a subscriber's.
struct CPEModel: Sendable {
    let name: String
    let vendor: String
    /// The picture that is shown for it.
    let avatar: String
    let serialPrefix: String

    static func models(for technology: Technology) -> [CPEModel] {
        switch technology {
        case .gpon:
            [
                CPEModel(name: "HS8145V", vendor: "Huawei", avatar: "HG4101", serialPrefix: "48575443"),
                CPEModel(name: "EG8145V5", vendor: "Huawei", avatar: "HG4101", serialPrefix: "48575443"),
                CPEModel(name: "F680", vendor: "ZTE", avatar: "F680", serialPrefix: "5A544547"),
            ]
        case .docsis:
            [CPEModel(name: "CGA4233", vendor: "Technicolor", avatar: "CGA", serialPrefix: "")]
        case .ethernet:
            [CPEModel(name: "hAP ax3", vendor: "MikroTik", avatar: "router", serialPrefix: "")]
        case .wimax:
            [CPEModel(name: "CPEi 775", vendor: "Motorola", avatar: "wimax", serialPrefix: "")]
        }
    }
}

/// Somebody who pays for lines: a customer of the world, or a household that only the access network knows.
struct Subscriber: Sendable {
    /// From 1; a customer of the world keeps his number.
    let id: Int
    let name: String
    let surname: String
    /// The word that bills, lines and tickets share.
    let externalID: String
    let realm: String
    /// The index of the site.
    let site: Int
}

/// A passive optical network: one port of an OLT and what hangs on it.
struct PON: Sendable {
    /// The index of its OLT.
    let node: Int
    let slot: Int
    let port: Int
    /// The indices of its lines.
    var lines: [Int] = []

    /// Frame, slot and port: `0/3/9`.
    var place: String { "0/\(slot)/\(port)" }
}
