internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of an order to a CPE. The server only ever says that it took it; what can be seen of the rest is the
/// equipment itself, by its OLT: a restart shows in its uptime, a line taken out in its service ports.
extension KrillServer {
    /// Seconds between two questions to an OLT, and how many questions there are at most.
    static let lookInterval = 15.0
    static let looks = 12

    func verifyAction(
        _ action: CPEAction, _ plan: Plan, answers: [StepAnswer],
        telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        let targets = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        let names = Dictionary(plan.steps.map { ($0.entity, $0.name) }, uniquingKeysWith: { $1 })
        var outcomes: [EntityRef: Outcome] = [:]
        var watched: [EntityRef: LineWatch] = [:]
        for target in targets {
            learnMethod(of: action, target, answers)
            let answer = CommandAnswer(target, in: answers)
            switch answer {
            case .notSent(let reason):
                outcomes[target] = Outcome(target, .failed, "nothing was sent: \(reason)")
            case .refused(let reason): outcomes[target] = Outcome(target, .failed, reason)
            case .done: watched[target] = LineWatch(answer: answer)
            case .lost(let reason):
                // Without steps nothing says when it was sent, so nothing seen now could be its work.
                if plan.steps.isEmpty {
                    outcomes[target] = Outcome(target, .unknown, reason)
                } else {
                    watched[target] = LineWatch(answer: answer)
                }
            }
        }
        if action.isVisible { await look(action, &watched, names, &outcomes, telling) }
        return targets.map { target in
            outcomes[target] ?? watched[target]?.end(target, action)
                ?? Outcome(target, .unknown, "no answer is known")
        }
    }

    /// Asks the OLTs again and again until each line shows what became of it, or the looks are used up.
    private func look(
        _ action: CPEAction, _ watched: inout [EntityRef: LineWatch], _ names: [EntityRef: String],
        _ outcomes: inout [EntityRef: Outcome], _ telling: @escaping @Sendable (String) -> Void
    ) async {
        let start = settings.now()
        for _ in 0..<Self.looks {
            let open = watched.keys.filter { outcomes[$0] == nil }.sorted { $0.packed < $1.packed }
            if open.isEmpty { return }
            do throws(CancellationError) { try await settings.pause(Self.lookInterval) } catch { return }
            for target in open {
                guard var line = watched[target] else { continue }
                let seconds = settings.now().seconds - start.seconds
                line.take(await liveInfo(target.id, telling: { _ in }), at: seconds)
                watched[target] = line
                if let outcome = line.outcome(target, action, at: seconds) {
                    outcomes[target] = outcome
                } else {
                    telling("\(names[target] ?? target.description): \(line.words) after \(seconds) s")
                }
            }
        }
    }

    /// A 405 that allows POST: the next plan sends that.
    private func learnMethod(of action: CPEAction, _ target: EntityRef, _ answers: [StepAnswer]) {
        guard case .success(let response)? = answers.last(where: { $0.entity == target })?.result,
            response.status == 405, let allowed = response.header("allow")?.uppercased()
        else { return }
        withMemory { $0.actionMethods[action] = allowed.contains("POST") ? .post : .get }
    }
}

extension CPEAction {
    /// Whether what became of it can be seen at the equipment.
    var isVisible: Bool { self != .diagnostic && self != .reconfig }
}

/// What was seen of a line after an order.
struct LineWatch: Sendable {
    let answer: CommandAnswer
    private var wasDown = false
    private var isUp: Bool?
    private var uptime: Int64?
    private var ports: Int?
    private var error: BackendError?
    private var seconds: Int64 = 0

    init(answer: CommandAnswer) { self.answer = answer }

    /// Takes what the OLT says now.
    mutating func take(_ info: Result<LineInfo, BackendError>, at seconds: Int64) {
        self.seconds = seconds
        switch info {
        case .success(let info):
            error = nil
            isUp = info.isUp
            uptime = info.uptime
            ports = info.servicePorts
            if !info.isUp { wasDown = true }
        case .failure(let problem): error = problem
        }
    }

    /// What was seen last, in words.
    var words: String {
        if let error { return "can't be asked (\(error.words))" }
        guard let isUp else { return "not asked yet" }
        if !isUp { return "offline" }
        return wasDown ? "back online" : uptime.map { "online for \(Quantity.duration($0))" } ?? "online"
    }

    /// What is certain; nil as long as nothing is.
    func outcome(_ target: EntityRef, _ action: CPEAction, at seconds: Int64) -> Outcome? {
        guard error == nil, let isUp else { return nil }
        switch action {
        case .reboot, .factory:
            guard isUp else { return nil }
            if let uptime, uptime > 0, uptime < seconds {
                return Outcome(target, .verified, "restarted, online again for \(Quantity.duration(uptime))")
            }
            return wasDown ? Outcome(target, .verified, "went offline and is back online") : nil
        case .unprovision:
            return ports == 0 ? Outcome(target, .verified, "the OLT has no service port of it any more") : nil
        case .reprovision:
            guard isUp, let ports, ports > 0, seconds >= 30 else { return nil }
            return Outcome(
                target, .accepted,
                "the OLT has \(ports) service port\(ports == 1 ? "" : "s") of it; whether they are new can't be seen"
            )
        case .reconfig, .diagnostic: return nil
        }
    }

    /// What is left when the looks are used up.
    func end(_ target: EntityRef, _ action: CPEAction) -> Outcome {
        var state = Outcome.State.accepted
        var start = "the server took the order"
        if case .lost(let reason) = answer {
            state = .unknown
            start = reason
        }
        switch action {
        case .reconfig:
            return Outcome(target, state, "\(start); the ACS does it when the equipment reports next")
        case .diagnostic:
            return Outcome(
                target, state, "\(start); its results come with the CPE's events, some minutes later")
        case .reboot, .factory:
            let seen = isUp == true && !wasDown ? "online all along, a restart was not observed" : words
            return Outcome(target, state, "\(start); \(seen) within \(Quantity.duration(seconds))")
        case .unprovision, .reprovision:
            return Outcome(target, state, "\(start); \(words) after \(Quantity.duration(seconds))")
        }
    }
}
