internal import AdapterKit
internal import Dashboard
internal import Domain
internal import Synchronization

extension EffectRunner {
    /// Reads the rows of a collection and hands them on as they come; an earlier reading of it ends.
    func read(_ collection: EntityRef, _ question: Int) {
        inquiries.withLock { inquiries in
            inquiries[collection]?.task.cancel()
            let task = start { [self] in
                let result = await browse(collection) { [inbox] part in
                    inbox.post(.browsed(collection, question: question, .success(part), isLast: false))
                }
                forget(collection, question)
                return Task.isCancelled
                    ? nil : .browsed(collection, question: question, result, isLast: true)
            }
            inquiries[collection] = Inquiry(question: question, task: task)
        }
    }

    private func browse(
        _ entity: EntityRef, partly: @escaping @Sendable (Browsed) -> Void
    ) async -> Result<Browsed, BackendError> {
        await asking(entity) { (browser) async throws(BackendError) in
            try await browser.browse(entity, partly: partly)
        }
    }

    func raw(_ entity: EntityRef) async -> Result<RawAnswer, BackendError> {
        await asking(entity) { (browser) async throws(BackendError) in try await browser.raw(entity) }
    }

    func reveal(_ field: String, of entity: EntityRef) async -> Result<String, BackendError> {
        await asking(entity) { (browser) async throws(BackendError) in
            try await browser.reveal(field, of: entity)
        }
    }

    /// Reads a file and keeps it under a name that no other has.
    func saveFile(of entity: EntityRef) async -> Event? {
        let answer = await asking(entity) { (browser) async throws(BackendError) in
            try await browser.browse(entity)
        }
        switch answer {
        case .failure(let error): return .noticed(.bad, error.words)
        case .success(let browsed):
            guard case .file(let file) = browsed.content else {
                return .noticed(.bad, "the server did not answer with a file")
            }
            let name = PictureAlbum.name([connection(entity.backend)?.settings.name ?? "", file.name])
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            let ending = parts.count > 1 ? String(parts[parts.count - 1]) : "bin"
            let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : name
            do throws(BackendError) {
                let path = try pictures.keep(file.bytes, as: stem, ending: ending)
                return .noticed(.good, "saved \(path), \(Quantity.bytes(Double(file.bytes.count)))")
            } catch {
                return .noticed(.bad, error.words)
            }
        }
    }

    private func asking<Answer>(
        _ entity: EntityRef, _ ask: (Browser) async throws(BackendError) -> Answer
    ) async -> Result<Answer, BackendError> {
        guard let browser = connection(entity.backend)?.adapter.browser else {
            return .failure(BackendError(.unsupported, "this server's API can't be looked around in"))
        }
        do throws(BackendError) {
            return .success(try await ask(browser))
        } catch {
            return .failure(error)
        }
    }
}
