internal import AdapterKit
internal import Dashboard
internal import Domain
internal import Synchronization

extension EffectRunner {
    /// Reads what a server's log says of an entity; an earlier reading of it ends.
    func readLog(_ entity: EntityRef, _ question: Int) {
        logReadings.withLock { readings in
            readings[entity]?.task.cancel()
            let task = start { [self] in
                let result = await log(of: entity)
                logReadings.withLock { readings in
                    if readings[entity]?.question == question { readings[entity] = nil }
                }
                return Task.isCancelled ? nil : .logRead(entity, question: question, result)
            }
            readings[entity] = Inquiry(question: question, task: task)
        }
    }

    private func log(of entity: EntityRef) async -> Result<ServerLog?, BackendError> {
        guard let adapter = connection(entity.backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            // What the history knows has no beginning either: how much is read is bounded by its number alone.
            return .success(try await adapter.log(of: entity, since: Timestamp(0)))
        } catch {
            return .failure(error)
        }
    }
}
