internal import AdapterKit
internal import Dashboard
internal import Domain
internal import Synchronization

/// A question to equipment that is under way.
struct Inquiry: Sendable {
    let question: Int
    let task: Task<Void, Never>
}

extension EffectRunner {
    /// Asks the equipment behind an entity; an earlier question to it ends.
    func ask(_ entity: EntityRef, _ question: Int) {
        inquiries.withLock { inquiries in
            inquiries[entity]?.task.cancel()
            let task = start { [self] in
                let result = await live(entity) { [inbox] in
                    inbox.post(.liveTold(entity, question: question, $0))
                }
                forget(entity, question)
                return Task.isCancelled ? nil : .lived(entity, question: question, result)
            }
            inquiries[entity] = Inquiry(question: question, task: task)
        }
    }

    /// Ends the question to an entity; nothing is said of it any more.
    func stopAsking(_ entity: EntityRef) {
        inquiries.withLock { $0.removeValue(forKey: entity)?.task.cancel() }
    }

    func forget(_ entity: EntityRef, _ question: Int) {
        inquiries.withLock { inquiries in
            if inquiries[entity]?.question == question { inquiries[entity] = nil }
        }
    }

    private func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async -> Result<[Detail.Section], BackendError> {
        guard let adapter = connection(entity.backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(try await adapter.live(entity, reporting: reporting))
        } catch {
            return .failure(error)
        }
    }
}
