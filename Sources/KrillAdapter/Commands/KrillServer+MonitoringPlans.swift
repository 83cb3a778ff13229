internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Hosts that are read one by one; more cost a reading of all problems instead.
    private static let fewHosts = 5

    func monitoringPlan(_ command: Command, _ action: MonitoringAction) async throws(BackendError) -> Plan {
        let length = action == .downtime ? try Self.seconds(command.text("duration")) : 0
        var plan = Plan(command)
        let objects = try await objects(command.targets)
        var known = KnownOffers()
        for target in command.targets {
            guard let name = objectName(target), let object = objects[name] else {
                plan.exclude(
                    target, name: objectName(target) ?? "CPE \(Cleaning.clean(target.id))",
                    words: Self.absence(target, action))
                continue
            }
            let title = object.isHost ? object.host : "\(object.service) of \(object.host)"
            if let reason = reason(against: action, object) ?? Self.stranger(target, object) {
                plan.exclude(target, name: title, words: reason)
                continue
            }
            guard let aim = try await aim(action, at: object, &known) else {
                plan.exclude(
                    target, name: title,
                    words: "the server can't be told which service is meant: it would do it to the host "
                        + object.host)
                continue
            }
            let order = MonitoringOrder(
                action, object, command, aim, start: settings.now(), length: length)
            if let obstacle = order.obstacle {
                plan.exclude(target, name: title, words: obstacle)
                continue
            }
            plan.summary.append("\(action.verb) \(title) at \(settings.name).")
            plan.warnings += order.losses.map { "\(title): \($0)." }
            if action == .downtime, object.isInDowntime {
                plan.warnings.append("\(title) is in a downtime already.")
            }
            var step = Plan.Step(
                target, name: title,
                state: object.isProblemKnown.map { $0 ? object.alertState.rawValue : "well" }
                    ?? "state not known",
                request: step(.post, aim.template, aim.parameters, body: order.body))
            step.before = Self.before(object, host: objects[object.host])
            plan.steps.append(step)
        }
        if action == .downtime, !plan.steps.isEmpty {
            plan.warnings.append("Nobody is notified of it for \(Quantity.duration(length)).")
        }
        if !plan.steps.isEmpty, let note = command.text(.note) {
            plan.summary.append("Note: \(Cleaning.clean(note))")
        }
        plan.shorten()
        return plan
    }

    /// What the monitoring calls a target: an alert by its own id, a CPE by its host.
    ///
    /// Nil for a CPE that is not known: its number is no name of a host, and some servers find hosts by numbers of
    /// other systems.
    func objectName(_ target: EntityRef) -> String? {
        guard target.kind == .cpe else { return target.id }
        return withMemory { memory in Int64(target.id).flatMap { memory.cpes[$0]?.host } }
    }

    /// Why an object is not the one that was asked for; nil when it is.
    private static func stranger(_ target: EntityRef, _ object: Watched) -> String? {
        guard target.kind == .cpe, let own = object.crm.cpe, String(own) != target.id else { return nil }
        return "the monitoring says that this host belongs to CPE \(own)"
    }

    /// The objects as they are now, by name; those that are not there are missing.
    func objects(_ targets: [EntityRef]) async throws(BackendError) -> [String: Watched] {
        var hosts: Set<String> = []
        for target in targets {
            if target.kind == .cpe,
                withMemory({ memory in Int64(target.id).flatMap { memory.cpes[$0] } }) == nil,
                let cpe = try await readCPE(target.id).flatMap({ CPE($0) })
            {
                withMemory { $0.take([cpe]) }
            }
            if let name = objectName(target) { hosts.insert(String(name.prefix { $0 != "!" })) }
        }
        hosts = hosts.filter { !$0.hasPrefix(Outage.id("")) }
        var objects: [String: Watched] = [:]
        if hosts.count > Self.fewHosts, targets.allSatisfy({ $0.kind == .alert }) {
            _ = try await readProblems(maximumAge: 0, priority: 0)
            let (problems, known) = withMemory { ($0.watch.problems, $0.watch.hosts) }
            for problem in problems { objects[problem.name] = problem }
            for name in hosts { objects[name] = objects[name] ?? known[name] }
            // What is no problem any more is in no such list, and neither is how it is.
            let open = targets.compactMap { objectName($0) }.filter { objects[$0]?.isProblem != true }
            hosts = Set(open.map { String($0.prefix { $0 != "!" }) }).intersection(hosts)
        }
        for name in hosts.sorted() {
            guard
                let row = try await objectIfThere(Path.host, ["name": name], query: [("joins", "services")]),
                let host = Watched(row)
            else { continue }
            objects[host.name] = host
            for service in row["joins"]?["services"]?.array?.compactMap({ Watched($0) }) ?? [] {
                objects[service.name] = service
            }
        }
        return objects
    }

    private static func absence(_ target: EntityRef, _ action: MonitoringAction) -> String {
        if target.id.hasPrefix(Outage.id("")) {
            return "derived here from many ONTs: \(action.verb.lowercased()) their own alerts, or the OLT's"
        }
        return "gone: the monitoring has nothing by that name any more"
    }

    private func reason(against action: MonitoringAction, _ object: Watched) -> String? {
        if action == .acknowledge {
            if object.isProblemKnown == false { return "it is well again: there is nothing to acknowledge" }
            if object.isAcknowledged { return "already acknowledged" }
        }
        // What its own record offers counts for an object; else what the server offers at all.
        let actions = object.crm.actions
        let isOffered = withMemory { $0.offers.contains(action.kind) } || actions.contains(action.word)
        return isOffered ? nil : "the server does not offer this"
    }

    private static func seconds(_ text: String?) throws(BackendError) -> Int64 {
        let words = "a downtime needs a duration, such as 2 h or 90 m"
        guard let text, let reading = Quantity.read(text), reading.unit == .time,
            (60...31_536_000).contains(reading.number)
        else { throw BackendError(.invalid, words) }
        return Int64(reading.number.rounded())
    }

    /// A body in JSON, and as it may be shown.
    func step(
        _ method: Method, _ path: PathTemplate, _ parameters: [String: String] = [:],
        body: [JSONTree.Member]
    ) -> CommandStep {
        .json(method, path, parameters, .object(body), hiding: .krill)
    }
}

extension MonitoringAction {
    /// What an object's own `actions` call it (inferred).
    var word: String {
        switch self {
        case .acknowledge: "acknowledge"
        case .recheck: "recheck"
        case .downtime: "downtime"
        }
    }
}
