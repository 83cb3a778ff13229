import Dashboard
import Domain

/// Keeps from visitors what they must not read.
struct Redactor {
    /// What stands in place of what is not shown.
    static let mask = "•••"

    let redaction: Set<Redaction>
    let customers: CustomerNames

    /// - Returns: nil where everything may be read.
    init?(_ board: WallboardScreen) {
        guard !board.profile.redaction.isEmpty else { return nil }
        redaction = board.profile.redaction
        customers = board.customers
    }

    /// What may be read of a value of a field.
    ///
    /// - Parameter text: the value as it would be shown.
    func text(_ text: String, _ value: Value, of field: Field, in resource: ResourceDescriptor) -> String {
        guard !text.isEmpty, !value.isNone else { return text }
        if redaction.contains(.customers), field.holdsCustomer(in: resource) || value.isCustomer {
            return Self.mask
        }
        if redaction.contains(.notes), field.isWrittenByPeople { return Self.mask }
        return field.holdsText ? words(text) : text
    }

    /// What may be read in the cells of a table.
    var cells: StillTable.Redaction { { text($0, $1, of: $2, in: $3) } }

    /// What may be read of a text that is no field: a message, an error.
    func words(_ text: String) -> String {
        var text = text
        if redaction.contains(.addresses) { text = Addresses.hidden(in: text) }
        if redaction.contains(.customers) { text = customers.hidden(in: text) }
        return text
    }
}

extension ResourceKind {
    /// The kinds whose rows are a customer or belong to one, and are called after him.
    fileprivate static let customers: Set<ResourceKind> = [.customer, .bond, .leg, .bonder, .cpe, .bill]
}

extension Value {
    /// Whether it refers to a customer or to what is called after one.
    fileprivate var isCustomer: Bool {
        if case .ref(let entity, _) = self { ResourceKind.customers.contains(entity.kind) } else { false }
    }
}

extension ResourceDescriptor {
    /// Whether its rows are customers or belong to one; an alert says whom it is about, but is not called after him.
    fileprivate var isOfCustomers: Bool {
        ResourceKind.customers.contains(kind) || pane == .customers
            || tally != .alerts && fields.contains { $0.key == .customer || $0.type == .ref(.customer) }
    }
}

extension Field {
    /// Fields that hold what people wrote, besides the note to an alert.
    private static let written: Set<FieldKey> = [
        .note, "notes", "comment", "comments", "description", "alias", "contact",
    ]
    /// Fields by which the operator's other systems know a customer.
    private static let references: Set<FieldKey> = [.customer, .externalID, "custid", "ref"]

    /// Whether it holds what people wrote.
    var isWrittenByPeople: Bool { Self.written.contains(key) && holdsText }

    /// Whether its texts are names of customers.
    func namesCustomer(in resource: ResourceDescriptor) -> Bool {
        if type == .ref(.customer) || key == .customer { return true }
        return key == resource.nameField && holdsText && resource.isOfCustomers
    }

    /// Whether its texts may tell who a customer is.
    ///
    /// What people write to a port, a bill or a line is mostly whose it is.
    func holdsCustomer(in resource: ResourceDescriptor) -> Bool {
        namesCustomer(in: resource) || Self.references.contains(key)
            || isWrittenByPeople && resource.tally != .alerts
    }

    /// Whether it holds words of any length, and not a number, a time or a state.
    var holdsText: Bool {
        switch type {
        case .text, .word, .ref: true
        default: false
        }
    }
}
