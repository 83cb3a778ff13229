internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// How a bond was before it was restarted.
struct BeforeRestart: Sendable {
    /// The legs that carried traffic.
    var carrying: Set<String>
    /// When it was read, by the server's clock.
    var readAt: Timestamp
    /// Seconds that the server's clock is ahead of ours.
    var skew: Int64
}

extension BondingServer {
    /// Reads bond and legs, and says what a restart does to them.
    func restartPlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command, tier: .hurts)
        for target in command.targets {
            guard let bond = try await bond(target.id) else {
                plan.excluded.append(gone(target))
                continue
            }
            try await demand(.post, Path.restart, ["bond": bond.id])
            let legs = try await legs(of: bond.id) ?? []
            await remember(bond, legs)
            plan.add(
                target, name: bond.name, state: words(of: bond, legs),
                request: .bare(.post, Path.restart, ["bond": bond.id]))
            let space = bond.space.map { " of \($0.name ?? "space \($0.id)")" } ?? ""
            plan.summary.append("Restart \(bond.name)\(space) at \(settings.name).")
        }
        plan.shorten()
        guard !plan.steps.isEmpty else { return plan }
        plan.warnings.append(
            plan.steps.count == 1
                ? "The customer is cut off until the bond is up again."
                : "\(plan.steps.count) customers' bonds are cut off until they are up again.")
        return plan
    }

    /// The bond's state for the dialog: its legs one by one, and where it is.
    func words(of bond: WireBond, _ legs: [WireLeg]) -> String {
        let health = BondHealth(legs, on: aggregatorState(of: bond))
        var words = "\(health.status.rawValue), \(health.words)"
        if !legs.isEmpty {
            let each = legs.prefix(6).map { leg in
                let kind = leg.type.map { " (\($0.title))" } ?? ""
                return "\(leg.title)\(kind) \(leg.word.isEmpty ? "unknown" : leg.word)"
            }
            words += ": " + each.joined(separator: ", ") + (legs.count > 6 ? " and more" : "")
        }
        if let current = bond.current {
            let name = withMemory { $0.name(ofAggregator: current) }
            words += bond.isFailedOver == true ? "; failed over to \(name)" : "; on \(name)"
        }
        return words
    }

    /// Keeps how the bond is now, and how far the server's clock is from ours.
    private func remember(_ bond: WireBond, _ legs: [WireLeg]) async {
        let response = try? await read(Path.bond, ["bond": bond.id], method: .options, priority: 0)
        let ours = now
        let theirs = response.flatMap { HTTPDate.read($0.header("date") ?? "") } ?? ours
        let before = BeforeRestart(
            carrying: Set(legs.filter(\.state.carries).map(\.id)), readAt: theirs,
            skew: theirs.seconds - ours.seconds)
        withMemory { $0.restarts[bond.id] = before }
    }

    // MARK: Evidence

    /// Looks at each bond every two seconds for a minute: only what it does after the sending shows a restart.
    func verifyRestart(
        _ plan: Plan, _ answers: [StepAnswer], _ reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        let targets = plan.judged
        let start = now
        let duration = Self.duration(of: answers, settings.endpoint.limits.command)
        var watches = targets.map { target in
            let before = withMemory { $0.restarts[target.id] }
            // Not before it was prepared, and not before the oldest moment at which it can have left.
            let sentAt = before.map { before in
                Timestamp(max(before.readAt.seconds, start.seconds - duration + before.skew - 2))
            }
            return RestartWatch(target, answer(target, of: plan, in: answers), before, sentAt: sentAt)
        }
        for look in 0...RestartWatch.looks {
            for place in watches.indices where watches[place].outcome == nil {
                await watches[place].look(look, with: self)
            }
            let open = watches.filter { $0.outcome == nil }
            if open.isEmpty || Task.isCancelled { break }
            reporting(
                open.count == 1
                    ? "\(open[0].state), \(look * 2) s after sending"
                    : "\(open.count) bonds not seen back yet")
            guard look < RestartWatch.looks, (try? await settings.pause(2)) != nil else { break }
        }
        return watches.map { $0.outcome ?? $0.conclusion }
    }

    /// The longest time that sending can have taken, in seconds.
    static func duration(of answers: [StepAnswer], _ limit: Double) -> Int64 {
        let seconds = answers.reduce(0.0) { sum, answer in
            switch answer.result {
            case .success(let response): sum + response.exchange.seconds
            case .failure: sum + limit
            }
        }
        return Int64(seconds.rounded(.up))
    }
}

/// What is seen of one bond after its restart was sent.
struct RestartWatch {
    /// Looks after the first, two seconds apart.
    static let looks = 30

    private let target: EntityRef
    private let answer: CommandAnswer
    private let before: BeforeRestart?
    private let sentAt: Timestamp?
    private var hasLeft = false
    private(set) var state = "not read yet"
    private(set) var outcome: Outcome?
    private var error: BackendError?

    init(
        _ target: EntityRef, _ answer: CommandAnswer, _ before: BeforeRestart?, sentAt: Timestamp?
    ) {
        self.target = target
        self.answer = answer
        self.before = before
        self.sentAt = sentAt
        if case .notSent = answer { conclude(.unseen("")) }
    }

    private mutating func conclude(_ evidence: Evidence) { outcome = answer.outcome(target, evidence) }

    mutating func look(_ number: Int, with server: BondingServer) async {
        let legs: [WireLeg]
        let aggregatorState: AggregatorState
        do throws(BackendError) {
            guard let bond = try await server.bond(target.id) else {
                return conclude(.unseen("the server has no such bond, or none that this account sees"))
            }
            let found = bond.legs
            legs = found?.isEmpty == false ? found ?? [] : try await server.legs(of: target.id) ?? []
            aggregatorState = server.aggregatorState(of: bond)
        } catch {
            self.error = error
            if error.kind == .refused || error.kind == .forbidden || error.kind == .gated {
                conclude(.unreadable(error))
            }
            return
        }
        error = nil
        let health = BondHealth(legs, on: aggregatorState)
        state = "\(health.status.rawValue), \(health.words)"
        guard let before else {
            // Nothing is known of how it was: what is now proves nothing.
            outcome = conclusion
            return
        }
        // That a line works badly, or is measured, is no sign of a restart.
        if legs.contains(where: { before.carrying.contains($0.id) && $0.state.isInterrupted }) {
            hasLeft = true
        }
        let isBack = before.carrying.isSubset(of: legs.filter(\.state.carries).map(\.id))
        if before.carrying.isEmpty, legs.contains(where: \.state.carries) {
            return conclude(.done("it was down before and is up after the restart: \(state)"))
        }
        if hasLeft, isBack, !before.carrying.isEmpty {
            return conclude(.done("it went down and came back after the restart: \(state)"))
        }
        // Histories cost a request a leg; a short interruption stands only there.
        if number % 5 == 0 || number == Self.looks || hasLeft {
            await lookAtHistory(of: legs, isBack, server)
        }
        switch answer {
        case .refused, .denied: if outcome == nil, number == 0, !hasLeft { outcome = conclusion }
        case .done, .lost, .notSent: break
        }
    }

    private mutating func lookAtHistory(of legs: [WireLeg], _ isBack: Bool, _ server: BondingServer) async {
        guard let sentAt else { return }
        for leg in legs {
            guard let history = try? await server.history(of: leg.id, bond: target.id) else { continue }
            guard history.isInterrupted(after: sentAt) else { continue }
            hasLeft = true
            if isBack {
                return conclude(
                    .done(
                        "the history of \(leg.title) shows that it was interrupted after the restart was sent: \(state)"
                    ))
            }
        }
    }

    /// What is to be said when nothing more can be seen.
    var conclusion: Outcome {
        if let error, state == "not read yet" { return answer.outcome(target, .unreadable(error)) }
        switch answer {
        case .notSent: return answer.outcome(target, .unseen(""))
        case .denied, .refused: return answer.outcome(target, .unseen("the bond is \(state)"))
        case .done, .lost: break
        }
        return answer.outcome(
            target,
            hasLeft
                ? .ended(
                    .accepted, "it went down after the restart was sent and is not as before yet: \(state)")
                : .unseen("\(state) now, restart not observed"))
    }
}
