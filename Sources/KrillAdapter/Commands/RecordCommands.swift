internal import AdapterKit
internal import Domain
internal import HTTP

/// A kind of record of the CRM that people write.
enum RecordKind: Sendable, CaseIterable {
    case cpe, customer, pots

    var kind: ResourceKind {
        switch self {
        case .cpe: .cpe
        case .customer: .customer
        case .pots: .pots
        }
    }

    var title: String {
        switch self {
        case .cpe: "CPE"
        case .customer: "customer"
        case .pots: "telephone line"
        }
    }

    var list: PathTemplate {
        switch self {
        case .cpe: Path.cpes
        case .customer: Path.customers
        case .pots: Path.potses
        }
    }

    /// Its list of API v1.
    var old: PathTemplate {
        switch self {
        case .cpe: Path.oldCPEs
        case .customer: Path.oldCustomers
        case .pots: Path.oldPotses
        }
    }

    var one: PathTemplate {
        switch self {
        case .cpe: Path.cpe
        case .customer: Path.customer
        case .pots: Path.pots
        }
    }

    var usualForm: EditableRecord {
        switch self {
        case .cpe: .cpe
        case .customer: .customer
        case .pots: .pots
        }
    }

    /// Telephone lines can't be made or removed by the API.
    var canBeMade: Bool { self != .pots }

    var nameKeys: [String] {
        switch self {
        case .cpe: ["cpename", "internal_id"]
        case .customer: ["name", "external_id"]
        case .pots: ["lineid", "cli"]
        }
    }
}

/// What is done to a record.
enum RecordOperation: Sendable {
    case add, edit, delete

    /// The operation and the kind of record of a command.
    static func read(_ command: CommandKind) -> (RecordOperation, RecordKind)? {
        switch command.rawValue {
        case "add-cpe": (.add, .cpe)
        case "edit-cpe": (.edit, .cpe)
        case "delete-cpe": (.delete, .cpe)
        case "add-customer": (.add, .customer)
        case "edit-customer": (.edit, .customer)
        case "delete-customer": (.delete, .customer)
        case "edit-pots": (.edit, .pots)
        default: nil
        }
    }
}

extension CommandDescriptor {
    /// The commands on a kind of record.
    static func records(_ record: RecordKind, _ form: EditableRecord) -> [CommandDescriptor] {
        let word = record.kind.rawValue
        var commands = [
            CommandDescriptor(
                CommandKind(rawValue: "edit-\(word)"), title: "Edit \(record.title)", targets: [record.kind],
                tier: .touchesService, effect: "The CRM keeps what changes; provisioning may follow it.",
                form: form.changes, bulk: false, opensFilled: true)
        ]
        guard record.canBeMade else { return commands }
        commands.append(
            CommandDescriptor(
                CommandKind(rawValue: "add-\(word)"), title: "Add \(record.title)", targets: [record.kind],
                tier: .touchesService, effect: "The CRM has it from then on.", form: form.questions,
                bulk: false, creates: true))
        commands.append(
            CommandDescriptor(
                CommandKind(rawValue: "delete-\(word)"), title: "Delete \(record.title)",
                targets: [record.kind], tier: .hurts,
                effect: record == .cpe
                    ? "Deletes the CPE from the CRM permanently, and with it the customer's line."
                    : "Deletes the customer from the CRM permanently.",
                bulk: false))
        return commands
    }
}
