internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Where an action on one monitored object is sent, so that no other object can be meant.
///
/// The paths that are likely name a host. A server that does not know the field `service_name` leaves it unread and acts
/// on the host instead, so a service is only named in a body where `OPTIONS` has that field.
struct MonitoringAim: Sendable {
    let template: PathTemplate
    let parameters: [String: String]
    /// Whether the body has to name the service.
    var isNamedInBody = false
    /// What the path takes; nil where the server does not say.
    let offer: ActionOffer?
}

/// What paths said that they take, asked once for a plan.
struct KnownOffers: Sendable {
    fileprivate var offers: [String: ActionOffer?] = [:]
}

extension KrillServer {
    /// The aim of an action at an object; nil where the server has no way to name it.
    func aim(
        _ action: MonitoringAction, at object: Watched, _ known: inout KnownOffers
    ) async throws(BackendError) -> MonitoringAim? {
        let host = ["name": object.host]
        let own = try await offer(at: action.template, host, &known)
        if object.isHost { return MonitoringAim(template: action.template, parameters: host, offer: own) }
        if own?.names("service_name") == true {
            return MonitoringAim(
                template: action.template, parameters: host, isNamedInBody: true, offer: own)
        }
        let service = ["name": object.host, "service": object.service]
        if let offer = try await offer(at: Acting.belowHost(action), service, &known) {
            return MonitoringAim(template: Acting.belowHost(action), parameters: service, offer: offer)
        }
        let name = ["name": "\(object.host)!\(object.service)"]
        if let offer = try await offer(at: Acting.apart(action), name, &known) {
            return MonitoringAim(template: Acting.apart(action), parameters: name, offer: offer)
        }
        // Django describes a path whatever name stands in it: what the name leads to says the object itself.
        guard let row = try await objectIfThere(Path.host, name), let found = Watched(row),
            found.host == object.host, found.service == object.service,
            let offer = try await offer(at: action.template, name)
        else { return nil }
        return MonitoringAim(template: action.template, parameters: name, offer: offer)
    }

    private func offer(
        at template: PathTemplate, _ parameters: [String: String], _ known: inout KnownOffers
    ) async throws(BackendError) -> ActionOffer? {
        if let offer = known.offers[template.description] { return offer }
        let offer = try await offer(at: template, parameters)
        known.offers[template.description] = .some(offer)
        return offer
    }
}

/// The body of an action, and what of the order it can't say.
struct MonitoringOrder: Sendable {
    private(set) var body: [JSONTree.Member] = []
    /// Why it can't be sent; nil where it can.
    private(set) var obstacle: String?
    /// What the server can't be told and the action goes without.
    private(set) var losses: [String] = []

    /// - Parameter length: seconds that a downtime lasts from `start`.
    init(
        _ action: MonitoringAction, _ object: Watched, _ command: Command, _ aim: MonitoringAim,
        start: Timestamp, length: Int64
    ) {
        let comment = command.text(.note) ?? "by nocturne"
        switch action {
        case .recheck: break
        case .acknowledge:
            let lasts = command.flag(.untilClear) == true
            body = [
                .init("comment", .string(comment)), .init("sticky", .bool(lasts)),
                .init("persistent", false), .init("notify", false),
            ]
        case .downtime:
            body = [
                .init("comment", .string(comment)), .init("start_time", .string(Self.written(start))),
                .init("end_time", .string(Self.written(Timestamp(start.seconds + length)))),
                .init("fixed", true),
            ]
            if object.isHost {
                body.append(.init("all_services", .bool(command.flag("all_services") ?? true)))
            }
        }
        if aim.isNamedInBody { body.append(.init("service_name", .string(object.service))) }
        if let offer = aim.offer { keep(to: offer, noteIsGiven: command.text(.note) != nil) }
    }

    /// Leaves out what the server does not know, and says what that costs.
    private mutating func keep(to offer: ActionOffer, noteIsGiven: Bool) {
        if let fields = offer.fields {
            for member in body where !fields.contains(member.key) {
                switch member.key {
                case "start_time", "end_time": obstacle = "the server can't be told when the downtime ends"
                case "sticky" where member.value == .bool(true):
                    obstacle = "the server can't be told to keep it until the problem is over"
                case "all_services" where member.value == .bool(true):
                    losses.append("its services are not silenced with it: the server can't be told to")
                case "comment" where noteIsGiven: losses.append("the server takes no note")
                default: break
                }
            }
            body.removeAll { !fields.contains($0.key) }
        }
        let missing = offer.required.subtracting(body.map(\.key)).sorted()
        if obstacle == nil, !missing.isEmpty {
            obstacle = "the server also wants \(missing.map { Cleaning.clean($0) }.joined(separator: ", "))"
        }
    }

    /// `2026-11-21T03:14:22Z`.
    private static func written(_ moment: Timestamp) -> String {
        let fields = CivilTime.fields(moment, offset: 0)
        return "\(fields.text.prefix(10))T\(fields.time)Z"
    }
}
