import Dashboard
import Domain
import Testing

/// A field that decides, of which rows do not say what it should.
struct Silence: Sendable, CustomTestStringConvertible {
    let backend: BackendID
    let kind: ResourceKind
    let field: FieldKey
    /// What stands there instead: nothing, or a word that nobody knows.
    let word: String
    /// In how many rows.
    let rows: Int
    /// The number of the wallboard that it decides.
    let number: String

    var testDescription: String {
        "\(field) of \(rows) \(kind), \(word.isEmpty ? "left out" : word)"
    }

    static let all: [Silence] = ["", "unknown", "bewildered"].flatMap { word in
        [1, 2].flatMap { rows in
            [
                Silence(World.core, .device, .status, word, rows, "devices down"),
                Silence(World.core, .alert, .severity, word, rows, "critical"),
                Silence(World.core, .alert, .severity, word, rows, "warning"),
                Silence(World.core, .alert, .state, word, rows, "critical"),
                Silence(World.bonds, "bond", .status, word, rows, "bonds degraded"),
            ]
        }
    }

    private init(
        _ backend: BackendID, _ kind: ResourceKind, _ field: FieldKey, _ word: String, _ rows: Int,
        _ number: String
    ) {
        self.backend = backend
        self.kind = kind
        self.field = field
        self.word = word
        self.rows = rows
        self.number = number
    }

    /// Two rows that are fine, or a critical alert each, of which some do not say this field.
    func table(_ resource: ResourceDescriptor) -> Table {
        var builder = TableBuilder(resource, backend)
        for row in 0..<2 {
            builder.begin(EntityRef(backend, kind, id: Int64(row + 1)))
            for (place, other) in resource.fields.enumerated() {
                let text: String? =
                    switch other.key {
                    case field where row < rows: word.isEmpty ? nil : word
                    case .severity: "critical"
                    case .state: "acknowledged"
                    case .status: "up"
                    case .name: "row \(row)"
                    default: nil
                    }
                if let text { builder.set(place, text: text) }
            }
        }
        return builder.finish()
    }
}
