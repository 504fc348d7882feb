import { addField, removeField, replaceField } from "../../api/bitable/field-core.ts";
import type { FieldWork } from "../../api/bitable/field-core.ts";
import { T } from "../../api/bitable/model.ts";
import type { Field } from "../../api/bitable/model.ts";
import { said } from "../../api/given.ts";
import { FeishuError } from "../../kernel.ts";
import { typeCode } from "./codec.ts";
import { PluginError, SDK } from "./errors.ts";
import { fieldMeta, fieldSpec } from "./field-meta.ts";
import { fieldConfig, given } from "./parameters.ts";
import type { Methods } from "./types.ts";
import { fieldOf, fieldsOf, placeOf, toShape } from "./visit.ts";
import type { Place } from "./visit.ts";

const work = ({ opened, table }: Place): FieldWork => ({
  kernel: opened.kernel,
  base: opened.base,
  table,
  page: "field update",
  actor: opened.actor,
});

/** Types the Base cannot make for a plugin give the SDK's own code. */
function typed<T>(does: () => T): T {
  try {
    return does();
  } catch (error) {
    const unsupported = error instanceof FeishuError && (error.code === 1254012 || error.code === 1254015);
    if (!unsupported) throw error;
    throw new PluginError(SDK.fieldType, `field type not supported: ${said(error.more["message"])}`);
  }
}

/** A field named by the call's context. */
const own = (place: Place, [, id]: unknown[]) => fieldOf(place, id);

/** What a link or lookup reads from. */
function dependencies({ opened }: Place, field: Field): { tableId: string; fieldId: string }[] {
  const target = opened.base.tables.find((table) => table.id === field.property.table_id);
  const primary = target?.fields.find((one) => one.primary);
  return target && primary ? [{ tableId: target.id, fieldId: primary.id }] : [];
}

/** Fields of the Base that read from this one. */
function dependents(place: Place, field: Field): { tableId: string; fieldId: string }[] {
  return place.opened.base.tables.flatMap((table) =>
    table.fields
      .filter((one) => dependencies(place, one).some(({ fieldId }) => fieldId === field.id))
      .map((one) => ({ tableId: table.id, fieldId: one.id })),
  );
}

export const fieldMethods: Methods = {
  reads: {
    WidgetTable_getFieldMetaList: (visit, _params, [id]) => fieldsOf(placeOf(visit, id)).map(fieldMeta),
    WidgetTable_getFieldMetaById: (visit, [field], [id]) => fieldMeta(fieldOf(placeOf(visit, id), field)),
    WidgetTable_isFieldExist: (visit, [field], [id]) =>
      fieldsOf(placeOf(visit, id)).some((one) => one.id === field),
    WidgetTable_getFieldIdByName: (visit, [name], [id]) =>
      fieldsOf(placeOf(visit, id)).find((one) => one.name === name)?.id,
    WidgetField_getName: (visit, _params, context) => own(placeOf(visit, context[0]), context).name,
    WidgetField_getType: (visit, _params, context) => typeCode(own(placeOf(visit, context[0]), context)),
    WidgetField_getMeta: (visit, _params, context) => fieldMeta(own(placeOf(visit, context[0]), context)),
    // The type of a formula's result; the sandbox does not calculate, so a formula has none of its own.
    WidgetField_getProxyType: (visit, _params, context) => {
      const { type } = own(placeOf(visit, context[0]), context);
      return type === T.formula || type === T.lookup ? T.text : undefined;
    },
    WidgetField_getDependency: (visit, _params, context) => {
      const place = placeOf(visit, context[0]);
      return dependencies(place, own(place, context));
    },
    WidgetField_getReverseDependency: (visit, _params, context) => {
      const place = placeOf(visit, context[0]);
      return dependents(place, own(place, context));
    },
  },
  writes: {
    WidgetTable_addField: (visit, [config], [id]) => {
      const place = placeOf(visit, id);
      toShape(place.opened, SDK.fieldDenied);
      const wanted = given(fieldConfig, config, "addField");
      return typed(() => addField(work(place), fieldSpec(place.table, wanted, null))).id;
    },
    WidgetTable_setField: (visit, [field, config], [id]) => {
      const place = placeOf(visit, id);
      const old = fieldOf(place, field);
      toShape(place.opened, SDK.fieldDenied);
      const spec = fieldSpec(place.table, given(fieldConfig, config, "setField"), old);
      try {
        typed(() => replaceField(work(place), old, spec));
      } catch (error) {
        // Nothing changed: to a plugin that is no failure.
        if (!(error instanceof FeishuError) || error.code !== 1254606) throw error;
      }
      return old.id;
    },
    WidgetTable_deleteField: (visit, [field], [id]) => {
      const place = placeOf(visit, id);
      const old = fieldOf(place, field);
      toShape(place.opened, SDK.fieldDenied);
      removeField(work(place), old);
      return true;
    },
  },
};
