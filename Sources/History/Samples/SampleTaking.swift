package import Domain

extension StoredSamples {
    /// Takes a value of a field, where it is one and lies in the time that was asked for.
    package mutating func take(
        _ place: SamplePlace, _ cell: SampleCell, of field: SampledField?, _ query: SampleQuery
    ) {
        // What began before it goes on into it.
        guard cell.count > 0, max(place.at, place.at + place.span - 1) >= query.since.seconds,
            place.at <= query.until.seconds,
            let field, let mean = TrendCode.value(cell.mean, field.type),
            let maximum = TrendCode.value(cell.maximum, field.type)
        else { return }
        let sample = StoredSample(
            at: Timestamp(place.at), span: place.span, mean: mean, maximum: maximum, count: Int(cell.count))
        if let place = series.firstIndex(where: { $0.key == field.key }) {
            series[place].samples.append(sample)
        } else {
            series.append(StoredSeries(field.key, field.type, [sample]))
        }
    }

    /// Takes the values of one entity in a reading, all of its fields.
    package mutating func take(
        _ bytes: [UInt8], at moment: Int64, _ fields: [SampledField?], _ query: SampleQuery
    ) {
        for (place, field) in fields.enumerated() {
            let cell = SampleCell(SampleBytes.code(bytes, 2 * place))
            take(SamplePlace(at: moment, span: 0), cell, of: field, query)
        }
    }

    /// Takes a block of a bundle.
    package mutating func take(
        _ codes: [UInt8], of bundle: SampleBundle, _ field: SampledField?, _ query: SampleQuery
    ) {
        for (place, cell) in zip(bundle.places, bundle.cells(codes) ?? []) {
            take(place, cell, of: field, query)
        }
    }

    /// Puts all that was taken in the order of time.
    package mutating func sort() {
        for place in series.indices { series[place].samples.sort { $0.at < $1.at } }
    }
}

extension StoredPolls {
    /// Adds a reading, by its sheets.
    ///
    /// - Parameter entities: the place of each entity, by its number in the sheets.
    package mutating func add(
        _ sheets: [Int64: [UInt8]], at moment: Int64, fields: Int, _ entities: [Int64: Int]
    ) {
        var codes = Array(repeating: TrendCode.none, count: entities.count * fields)
        for (sheet, bytes) in sheets where fields > 0 && (0...Int64(Int32.max)).contains(sheet) {
            let first = sheet * SampleSheet.length
            for place in 0..<(bytes.count / 2) {
                guard let entity = entities[first + Int64(place / fields)] else { continue }
                codes[entity * fields + place % fields] = SampleBytes.code(bytes, 2 * place)
            }
        }
        polls.append(Poll(at: Timestamp(moment), codes: codes))
    }
}
