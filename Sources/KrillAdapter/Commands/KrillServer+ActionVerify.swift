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
        reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        var watched: [EntityRef: LineWatch] = [:]
        for target in plan.judged {
            learnMethod(of: action, target, answers)
            let answer = CommandAnswer(target, of: plan, in: answers)
            // Without steps nothing says when it was sent, so nothing seen now could be its work.
            watched[target] = LineWatch(
                answer: answer, isOver: plan.steps.isEmpty || !action.isVisible, before: plan.step(of: target)
            )
        }
        await look(action, &watched, plan, reporting)
        return plan.judged.map { target in
            watched[target]?.outcome(target, action) ?? Outcome(target, .unknown, "no answer is known")
        }
    }

    /// Asks the OLTs again and again until each line shows what became of it, or the looks are used up.
    private func look(
        _ action: CPEAction, _ watched: inout [EntityRef: LineWatch], _ plan: Plan,
        _ reporting: @escaping @Sendable (String) -> Void
    ) async {
        let start = settings.now()
        if plan.judged.contains(where: { watched[$0]?.isOpen(action) == true }) {
            let seconds = Quantity.number(Self.lookInterval)
            let minutes = Quantity.duration(Int64(Self.lookInterval) * Int64(Self.looks))
            reporting("the OLT is asked every \(seconds) s what became of it, for \(minutes) at most")
        }
        for _ in 0..<Self.looks {
            let open = plan.judged.filter { watched[$0]?.isOpen(action) == true }
            if open.isEmpty { return }
            do throws(CancellationError) { try await settings.pause(Self.lookInterval) } catch { return }
            for target in open {
                guard var line = watched[target] else { continue }
                let seconds = settings.now().seconds - start.seconds
                line.take(await liveInfo(target.id, reporting: { _ in }), at: seconds)
                watched[target] = line
                guard line.isOpen(action) else { continue }
                let name = plan.step(of: target)?.name ?? target.description
                reporting("\(name): \(line.words) after \(seconds) s")
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
    private let answer: CommandAnswer
    /// Whether nothing that can be seen would tell anything.
    private let isOver: Bool
    /// Whether the line was down before, so that its coming back is nobody's doing.
    private let wasDownBefore: Bool
    private var wasDown = false
    private var isUp: Bool?
    private var uptime: Int64?
    private var ports: Int?
    private var error: BackendError?
    private var seconds: Int64 = 0

    init(answer: CommandAnswer, isOver: Bool, before step: Plan.Step?) {
        self.answer = answer
        self.isOver = isOver
        wasDownBefore = step?.state.hasPrefix("down") == true
    }

    /// Whether another look may tell more.
    func isOpen(_ action: CPEAction) -> Bool {
        if isOver { return false }
        switch answer {
        case .notSent, .denied, .refused: return false
        case .done, .lost: return certain(action) == nil
        }
    }

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

    /// What is known by now.
    func outcome(_ target: EntityRef, _ action: CPEAction) -> Outcome {
        answer.outcome(target, certain(action) ?? left(action))
    }

    /// What is certain; nil as long as nothing is.
    private func certain(_ action: CPEAction) -> Evidence? {
        guard error == nil, let isUp else { return nil }
        switch action {
        case .reboot, .factory:
            guard isUp else { return nil }
            if let uptime, uptime > 0, uptime < seconds {
                return .done("restarted, online again for \(Quantity.duration(uptime))")
            }
            return wasDown && !wasDownBefore ? .done("went offline and is back online") : nil
        case .unprovision:
            return ports == 0 ? .done("the OLT has no service port of it any more") : nil
        case .reprovision:
            guard isUp, let ports, ports > 0, seconds >= 30 else { return nil }
            return .unseen(
                "the OLT has \(ports) service port\(ports == 1 ? "" : "s") of it; whether they are new can't be seen"
            )
        case .reconfig, .diagnostic: return nil
        }
    }

    /// What is left when the looks are used up, or when there is nothing to look at.
    private func left(_ action: CPEAction) -> Evidence {
        switch answer {
        case .notSent, .denied, .refused: return .unseen("")
        case .done, .lost: break
        }
        switch action {
        case .reconfig: return .unseen("the ACS does it when the equipment reports next")
        case .diagnostic: return .unseen("its results come with the CPE's events, some minutes later")
        case .reboot, .factory, .unprovision, .reprovision: break
        }
        if isOver { return .unseen("when it was sent is not known any more, so that nothing could show it") }
        let time = Quantity.duration(seconds)
        let isRestart = action == .reboot || action == .factory
        if isRestart, isUp == true, !wasDown {
            return .unseen("online all along, a restart was not observed within \(time)")
        }
        return .unseen("\(words) after \(time)")
    }
}
