/**
 * Properties of every component of card JSON 2.0, as its pages list them. In 2.0 a property that is not listed is an
 * error (facts.md §7.3), so this table is the contract.
 */

/** What stands in a property: a plain kind, or a nested thing that is checked in turn. */
export type Kind =
  | "string"
  | "number"
  | "boolean"
  | "size"
  | "any"
  | "object"
  | "list"
  | "text"
  | "icon"
  | "confirm"
  | "behaviors"
  | "elements"
  | "columns"
  | "buttonArea"
  | "panelHeader"
  | "selectOptions"
  | "personOptions"
  | "overflowOptions"
  | "imageOptions"
  | "images"
  | "persons"
  | "fields"
  | "value";

export interface Shape {
  props: Record<string, Kind>;
  required: string[];
  /** Holds other components; nesting counts up to five. */
  container?: boolean;
  /** People act on it: it needs a unique name inside a form. */
  interactive?: boolean;
}

const COMMON: Record<string, Kind> = { tag: "string", element_id: "string", margin: "string" };
const LAYOUT: Record<string, Kind> = {
  direction: "string",
  padding: "string",
  horizontal_spacing: "string",
  horizontal_align: "string",
  vertical_spacing: "string",
  vertical_align: "string",
};
const FORM_ITEM: Record<string, Kind> = {
  name: "string",
  required: "boolean",
  disabled: "boolean",
  disabled_tips: "text",
  hover_tips: "text",
  width: "string",
  behaviors: "behaviors",
  confirm: "confirm",
};
const PICKER: Record<string, Kind> = { ...FORM_ITEM, placeholder: "text", value: "value" };

function shape(
  props: Record<string, Kind>,
  required: string[] = [],
  flags: Pick<Shape, "container" | "interactive"> = {},
): Shape {
  return { props: { ...COMMON, ...props }, required, ...flags };
}

const act = { interactive: true };
const hold = { container: true };

export const SHAPES: Record<string, Shape> = {
  // Containers
  column_set: shape(
    {
      horizontal_spacing: "string",
      horizontal_align: "string",
      flex_mode: "string",
      background_style: "string",
      action: "object",
      columns: "columns",
    },
    ["columns"],
    hold,
  ),
  column: shape(
    {
      ...LAYOUT,
      background_style: "string",
      width: "string",
      weight: "number",
      action: "object",
      elements: "elements",
    },
    [],
    hold,
  ),
  form: shape({ ...LAYOUT, name: "string", elements: "elements" }, ["name", "elements"], hold),
  interactive_container: shape(
    {
      ...LAYOUT,
      width: "string",
      height: "string",
      background_style: "string",
      has_border: "boolean",
      border_color: "string",
      corner_radius: "string",
      behaviors: "behaviors",
      disabled: "boolean",
      disabled_tips: "text",
      confirm: "confirm",
      hover_tips: "text",
      name: "string",
      elements: "elements",
    },
    ["behaviors", "elements"],
    { ...hold, ...act },
  ),
  collapsible_panel: shape(
    {
      ...LAYOUT,
      expanded: "boolean",
      background_color: "string",
      header: "panelHeader",
      border: "object",
      elements: "elements",
    },
    ["header", "elements"],
    hold,
  ),
  // Content
  div: shape({ width: "string", text: "text", icon: "icon", fields: "fields" }),
  markdown: shape(
    {
      content: "string",
      text_size: "string",
      text_align: "string",
      text_color: "string",
      icon: "icon",
      i18n_content: "object",
    },
    ["content"],
  ),
  img: shape(
    {
      img_key: "string",
      alt: "text",
      title: "text",
      corner_radius: "string",
      scale_type: "string",
      size: "string",
      transparent: "boolean",
      preview: "boolean",
      mode: "string",
      custom_width: "size",
      compact_width: "boolean",
      i18n_img_key: "object",
    },
    ["img_key"],
  ),
  img_combination: shape(
    {
      combination_mode: "string",
      combination_transparent: "boolean",
      corner_radius: "string",
      img_list: "images",
    },
    ["combination_mode", "img_list"],
  ),
  hr: shape({}),
  person: shape(
    { size: "string", user_id: "string", show_avatar: "boolean", show_name: "boolean", style: "string" },
    ["user_id"],
  ),
  person_list: shape(
    {
      drop_invalid_user_id: "boolean",
      lines: "number",
      show_name: "boolean",
      show_avatar: "boolean",
      size: "string",
      persons: "persons",
      icon: "icon",
      ud_icon: "object",
    },
    ["persons"],
  ),
  chart: shape(
    {
      aspect_ratio: "string",
      color_theme: "string",
      chart_spec: "object",
      preview: "boolean",
      height: "string",
    },
    ["chart_spec"],
  ),
  table: shape(
    {
      page_size: "number",
      row_height: "string",
      row_max_height: "string",
      freeze_first_column: "boolean",
      header_style: "object",
      columns: "list",
      rows: "list",
    },
    ["columns", "rows"],
  ),
  audio: shape(
    {
      file_key: "string",
      i18n_file_key: "object",
      audio_id: "string",
      disabled: "boolean",
      disabled_tips: "text",
      show_progress_bar: "boolean",
      show_time: "boolean",
      time_display: "string",
      time_position: "string",
      border: "object",
      style: "string",
      padding: "string",
      background_style: "string",
      fill_color: "string",
      width: "string",
      fallback: "object",
    },
    ["file_key"],
  ),
  // Interactive
  button: shape(
    {
      type: "string",
      size: "string",
      width: "string",
      text: "text",
      icon: "icon",
      hover_tips: "text",
      disabled: "boolean",
      disabled_tips: "text",
      confirm: "confirm",
      behaviors: "behaviors",
      name: "string",
      required: "boolean",
      form_action_type: "string",
    },
    [],
    act,
  ),
  input: shape(
    {
      ...FORM_ITEM,
      placeholder: "text",
      default_value: "string",
      max_length: "number",
      input_type: "string",
      rows: "number",
      auto_resize: "boolean",
      max_rows: "number",
      show_icon: "boolean",
      label: "text",
      label_position: "string",
      value: "value",
    },
    [],
    act,
  ),
  select_static: shape(
    {
      ...PICKER,
      type: "string",
      initial_option: "string",
      initial_index: "number",
      options: "selectOptions",
    },
    [],
    act,
  ),
  multi_select_static: shape(
    { ...PICKER, type: "string", selected_values: "list", options: "selectOptions" },
    [],
    act,
  ),
  select_person: shape(
    { ...PICKER, type: "string", initial_option: "string", options: "personOptions" },
    [],
    act,
  ),
  multi_select_person: shape(
    { ...PICKER, type: "string", selected_values: "list", options: "personOptions" },
    [],
    act,
  ),
  date_picker: shape({ ...PICKER, initial_date: "string" }, [], act),
  picker_time: shape({ ...PICKER, initial_time: "string" }, [], act),
  picker_datetime: shape({ ...PICKER, initial_datetime: "string" }, [], act),
  overflow: shape(
    {
      width: "string",
      options: "overflowOptions",
      behaviors: "behaviors",
      confirm: "confirm",
      value: "value",
    },
    ["options"],
    act,
  ),
  checker: shape(
    {
      name: "string",
      checked: "boolean",
      text: "text",
      overall_checkable: "boolean",
      button_area: "buttonArea",
      checked_style: "object",
      padding: "string",
      confirm: "confirm",
      behaviors: "behaviors",
      hover_tips: "text",
      disabled: "boolean",
      disabled_tips: "text",
    },
    [],
    act,
  ),
  select_img: shape(
    {
      multi_select: "boolean",
      layout: "string",
      name: "string",
      required: "boolean",
      can_preview: "boolean",
      aspect_ratio: "string",
      disabled: "boolean",
      disabled_tips: "text",
      value: "value",
      options: "imageOptions",
      behaviors: "behaviors",
      confirm: "confirm",
    },
    ["options"],
    act,
  ),
};

/** Things inside components that are not components themselves. */
export const PARTS: Record<string, { props: Record<string, Kind>; required: string[] }> = {
  text: {
    props: {
      tag: "string",
      element_id: "string",
      content: "string",
      i18n_content: "object",
      text_size: "string",
      text_color: "string",
      text_align: "string",
      lines: "number",
      icon: "icon",
    },
    required: ["tag", "content"],
  },
  panelTitle: {
    props: {
      tag: "string",
      element_id: "string",
      content: "string",
      i18n_content: "object",
      text_size: "string",
      text_color: "string",
      text_align: "string",
      lines: "number",
      icon: "icon",
    },
    required: ["tag", "content"],
  },
  icon: {
    props: { tag: "string", token: "string", color: "string", img_key: "string", size: "string" },
    required: ["tag"],
  },
  confirm: { props: { title: "text", text: "text" }, required: ["title"] },
  selectOption: { props: { text: "text", icon: "icon", value: "string" }, required: ["text", "value"] },
  personOption: { props: { value: "string" }, required: ["value"] },
  overflowOption: { props: { text: "text", multi_url: "object", value: "string" }, required: ["text"] },
  imageOption: {
    props: {
      img_key: "string",
      value: "string",
      disabled: "boolean",
      disabled_tips: "text",
      hover_tips: "text",
    },
    required: ["img_key", "value"],
  },
  image: { props: { img_key: "string", transparent: "boolean" }, required: ["img_key"] },
  person: { props: { id: "string" }, required: ["id"] },
  field: { props: { is_short: "boolean", text: "text" }, required: ["text"] },
  buttonArea: { props: { pc_display_rule: "string", buttons: "elements" }, required: [] },
  callback: { props: { type: "string", value: "value" }, required: ["type"] },
  open_url: {
    props: {
      type: "string",
      default_url: "string",
      pc_url: "string",
      ios_url: "string",
      android_url: "string",
    },
    required: ["type", "default_url"],
  },
  panelHeader: {
    props: {
      title: "any",
      background_color: "string",
      vertical_align: "string",
      padding: "string",
      position: "string",
      width: "string",
      icon: "icon",
      icon_position: "string",
      icon_expanded_angle: "number",
    },
    required: ["title"],
  },
  root: {
    props: { schema: "string", config: "object", card_link: "object", header: "object", body: "object" },
    required: ["schema"],
  },
  config: {
    props: {
      streaming_mode: "boolean",
      streaming_config: "object",
      summary: "object",
      locales: "list",
      enable_forward: "boolean",
      update_multi: "boolean",
      width_mode: "string",
      use_custom_translation: "boolean",
      enable_forward_interaction: "boolean",
      style: "object",
    },
    required: [],
  },
  card_link: {
    props: { url: "string", pc_url: "string", ios_url: "string", android_url: "string" },
    required: [],
  },
  header: {
    props: {
      title: "text",
      subtitle: "text",
      text_tag_list: "list",
      i18n_text_tag_list: "object",
      template: "string",
      icon: "icon",
      padding: "string",
    },
    required: ["title"],
  },
  text_tag: {
    props: { tag: "string", element_id: "string", text: "text", color: "string" },
    required: ["tag", "text"],
  },
  body: { props: { ...LAYOUT, elements: "elements" }, required: [] },
};
