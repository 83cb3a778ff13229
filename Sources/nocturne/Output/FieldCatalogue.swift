import AdapterKit
import Domain
import Links

/// What can be printed and what its fields are called: what scripts may count on.
struct FieldCatalogue {
    /// Grows when a name goes or changes its meaning; a new name leaves it as it is.
    static let version = 2

    /// One kind of row.
    struct Kind: Equatable {
        let kind: ResourceKind
        let plural: String
        let pane: PaneName?
        /// The kinds of backends that have it.
        var adapters: [String]
        var fields: [Field]
    }

    /// The kinds, in the order of the adapters.
    private(set) var kinds: [Kind] = []

    /// Every kind that any of the adapters may have.
    init(_ descriptors: [AdapterDescriptor] = AdapterRegistry.all) {
        for descriptor in descriptors {
            for resource in descriptor.sample.resources {
                guard let place = kinds.firstIndex(where: { $0.kind == resource.kind }) else {
                    kinds.append(
                        Kind(
                            kind: resource.kind, plural: resource.plural, pane: resource.pane,
                            adapters: [descriptor.file ?? descriptor.kind], fields: resource.withImpact.fields
                        ))
                    continue
                }
                kinds[place].adapters.append(descriptor.file ?? descriptor.kind)
                for field in resource.withImpact.fields
                where !kinds[place].fields.contains(where: { $0.key == field.key }) {
                    kinds[place].fields.append(field)
                }
            }
        }
        kinds.append(Self.whereabouts(descriptors))
    }

    /// What a search for an address finds, whatever kind of backend knows it.
    private static func whereabouts(_ descriptors: [AdapterDescriptor]) -> Kind {
        let resource = ResourceDescriptor.whereabouts
        return Kind(
            kind: resource.kind, plural: resource.plural, pane: nil,
            adapters: descriptors.filter { $0.file == nil }.map(\.kind),
            fields: resource.fields)
    }

    /// What a field holds in JSON, in words.
    static func words(_ type: FieldType) -> String {
        switch type {
        case .text, .word: "text"
        case .severity: "ok, warning, critical or unknown"
        case .state: "state"
        case .states: "list of states"
        case .integer: "whole number"
        case .number: "number"
        case .rate: "bits per second"
        case .bytes: "bytes"
        case .percent, .usage: "percent"
        case .decibelMilliwatts: "dBm"
        case .duration: "seconds"
        case .time: "UTC time, 2026-11-21T03:14:22Z"
        case .flag: "true or false"
        case .ref(let kind): "\(kind)"
        }
    }
}
