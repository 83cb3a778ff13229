package import Domain

/// Looks for evidence of a command a few times, for half a minute: what was answered late, or not at all, may still
/// take effect seconds after the first look.
package struct Following: Sendable {
    /// Seconds between the looks.
    static let waits: [Double] = [1, 2, 4, 8, 15]
    /// How many of them are worth it where the server said that it did it.
    private static let fewWaits = 3
    /// Seconds after which no look is begun.
    private static let limit: Int64 = 30
    /// Seconds after which hardly any server still goes on with what it was told: whoever looks again sees no more.
    private static let late: Int64 = 600

    private let now: @Sendable () -> Timestamp
    private let pause: @Sendable (Double) async throws(CancellationError) -> Void

    /// Follows by a backend's clock.
    package init(
        now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void
    ) {
        self.now = now
        self.pause = pause
    }

    /// The outcomes of a plan, one for each entity.
    ///
    /// - Parameters:
    ///   - answer: what the server said for an entity.
    ///   - isPatient: whether what the server said that it did may take as long as what it said nothing of.
    ///   - reporting: takes how far it is, in words.
    ///   - reading: gives what is to be seen now of entities whose outcome is open.
    package func outcomes(
        of plan: Plan, _ answer: (EntityRef) -> CommandAnswer, isPatient: Bool = false,
        reporting: @Sendable (String) -> Void,
        _ reading: ([EntityRef]) async -> [EntityRef: Evidence]
    ) async -> [Outcome] {
        let entities = plan.judged
        let answers = Dictionary(entities.map { ($0, answer($0)) }, uniquingKeysWith: { first, _ in first })
        let start = now().seconds
        var outcomes: [EntityRef: Outcome] = [:]
        var open: [EntityRef] = []
        for entity in entities where !open.contains(entity) && outcomes[entity] == nil {
            if case .notSent = answers[entity] {
                outcomes[entity] = answers[entity]?.outcome(entity, .unseen(""))
            } else {
                open.append(entity)
            }
        }
        // What was sent by a process that is no more was sent long ago.
        let waits = plan.steps.isEmpty ? [] : Self.waits
        for look in 0...waits.count where !open.isEmpty {
            let found = await reading(open)
            open = open.filter { entity in
                let answer = answers[entity] ?? .lost("no answer is known")
                let evidence = found[entity] ?? .unseen("nothing is known of it")
                outcomes[entity] = settled(answer, evidence, entity, plan) ?? answer.outcome(entity, evidence)
                if answer == .done, !isPatient, look >= Self.fewWaits { return false }
                return !answer.isSettled(by: evidence)
            }
            guard !open.isEmpty, look < waits.count, now().seconds - start < Self.limit else { break }
            reporting(words(open, outcomes, plan) + ", looking again in \(Quantity.number(waits[look])) s")
            do throws(CancellationError) { try await pause(waits[look]) } catch { break }
        }
        return entities.map { outcomes[$0] ?? Outcome($0, .unknown, "nothing is known of what became of it") }
    }

    /// What a look long after sending makes of a command without an answer.
    ///
    /// That it is as before proves neither that it failed nor that it did not happen: it may have been undone since.
    private func settled(
        _ answer: CommandAnswer, _ evidence: Evidence, _ entity: EntityRef, _ plan: Plan
    ) -> Outcome? {
        guard case .lost(let reason) = answer, let sentAt = plan.sentAt else { return nil }
        let age = now().seconds - sentAt.seconds
        guard age >= Self.late else { return nil }
        switch evidence {
        case .not(let found):
            let words = "\(reason); \(found) \(Quantity.age(age)) later: not seen to take effect"
            return Outcome(entity, .unknown, words, isSettled: true)
        case .unseen:
            var outcome = answer.outcome(entity, evidence)
            outcome.isSettled = true
            return outcome
        case .done, .pending, .ended, .unreadable: return nil
        }
    }

    private func words(
        _ open: [EntityRef], _ outcomes: [EntityRef: Outcome], _ plan: Plan
    ) -> String {
        guard open.count == 1, let outcome = outcomes[open[0]] else {
            return
                "\(Quantity.count(open.count)) of \(Quantity.count(plan.judged.count)) are not seen done yet"
        }
        let name = plan.steps.first { $0.entity == open[0] }?.name ?? open[0].description
        return "\(name): \(outcome.words)"
    }
}

extension Plan {
    /// The entities whose outcome is asked for; after a crash a plan has no steps.
    package var judged: [EntityRef] { steps.isEmpty ? command.targets : steps.map(\.entity) }

    /// What is sent for an entity.
    package func step(of entity: EntityRef) -> Step? { steps.first { $0.entity == entity } }
}
