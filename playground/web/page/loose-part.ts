/** A component of a message or a modal, of any kind, as it comes over the wire: read with care. */
export interface LoosePart {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  description?: string | null;
  placeholder?: string;
  content?: string;
  style?: number;
  url?: string;
  value?: string;
  emoji?: { name?: string | null };
  disabled?: boolean;
  required?: boolean;
  default?: boolean;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: readonly PartOption[];
  components?: readonly LoosePart[];
  component?: LoosePart;
  accessory?: LoosePart;
  media?: { url: string };
  file?: { url: string };
  items?: readonly { media: { url: string }; description?: string | null }[];
  divider?: boolean;
  accent_color?: number | null;
  default_values?: readonly { id: string; type: string }[];
}

export interface PartOption {
  label: string;
  value: string;
  description?: string | null;
  emoji?: { name?: string | null };
  default?: boolean;
}
