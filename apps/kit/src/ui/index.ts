export { type Action, useAction } from './action.ts';
export { Button, type ButtonKind, ButtonLink, type ButtonProps } from './button.tsx';
export { Dialog, type DialogProps } from './dialog.tsx';
export { Checkbox, RadioGroup, TextField, type TextFieldProps } from './field.tsx';
export { Facts, Figures } from './facts.tsx';
export {
  Badge,
  Card,
  Empty,
  Hidden,
  Notice,
  Page,
  Row,
  Skeleton,
  Soft,
  Stack,
  Table,
  type TableProps,
  type Tone,
  useTitle,
} from './layout.tsx';
export { Preferences } from './preferences.tsx';
export { ProblemNotice, useProblemText } from './problem.tsx';
export { ShowMore, type ShowMoreProps } from './show-more.tsx';
export { Tabs, type TabsProps } from './tabs.tsx';
export { type Choice, Select } from './select.tsx';
export { applyTheme, type Theme, useTheme } from './theme.ts';
export { closeToast, showToast, type Toast } from './toast.ts';
export { ToastRegion } from './toast-region.tsx';
export { useDebounced } from './use-debounced.ts';
export { useFocusOnPage } from './use-focus-on-page.ts';
