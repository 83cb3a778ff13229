package import AdapterKit
import Domain
@_spi(AuditMint) package import HTTP
import Synchronization

extension Plan {
    /// Sends the steps one after another, each with a receipt of its own, as the application would.
    ///
    /// - Parameter transport: the backend's own, which asks the adapter for credentials.
    package func send(by transport: any CommandTransport) async -> [StepAnswer] {
        var answers: [StepAnswer] = []
        for (number, step) in steps.enumerated() {
            let record = "test-\(Self.records.add(1, ordering: .relaxed).newValue)"
            do throws(TransportError) {
                let response = try await transport.send(
                    step.request, AuditReceipt(record: record, step: number))
                answers.append(StepAnswer(step.entity, .success(response)))
            } catch {
                answers.append(StepAnswer(step.entity, .failure(error)))
            }
        }
        return answers
    }

    private static let records = Atomic(0)
}
